// The same small steps by pointer and by keyboard alone, so that one journey is walked both ways.

const TABS_MAX = 400;
const ARROWS_MAX = 40;

/** Somebody's hands at a page: `write`, `tick`, `pick`, `open` and `press`, each at a locator. */
export function hands(page, { keyboard = false } = {}) {
  return keyboard ? byKeyboard(page) : byPointer(page);
}

function byPointer(page) {
  return {
    write: (at, text) => at.first().fill(text),
    tick: (at) => at.first().check(),
    pick: (at, value) => at.first().selectOption(value),
    open: (at) => at.first().click(),
    async press(at) {
      await at.first().click();
      await page.waitForLoadState('load');
    },
  };
}

function byKeyboard(page) {
  /** Tab by tab to this place; of a group of choices, to any of them. */
  const reach = async (at) => {
    const target = at.first();
    await target.waitFor({ state: 'attached' });
    for (let tab = await target.evaluate(tabsBefore); tab > 0; tab -= 1) await page.keyboard.press('Tab');
    for (let tab = 0; tab < TABS_MAX; tab += 1) {
      if (await target.evaluate(hasFocus)) return target;
      await page.keyboard.press('Tab');
    }
    throw new Error(`can't be reached by keyboard: ${at}`);
  };
  return {
    async write(at, text) {
      await reach(at);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async tick(at) {
      const target = await reach(at);
      if (await target.isChecked()) return;
      await page.keyboard.press('Space');
      for (let arrow = 0; arrow < ARROWS_MAX && !(await target.isChecked()); arrow += 1) await page.keyboard.press('ArrowDown');
      if (!(await target.isChecked())) throw new Error(`can't be chosen by keyboard: ${at}`);
    },
    async pick(at, value) {
      const target = await reach(at);
      await page.keyboard.press('Home');
      for (let arrow = 0; arrow < ARROWS_MAX && (await target.inputValue()) !== value; arrow += 1) await page.keyboard.press('ArrowDown');
      if ((await target.inputValue()) !== value) throw new Error(`can't be picked by keyboard: ${value}`);
    },
    async open(at) {
      await reach(at);
      await page.keyboard.press('Enter');
    },
    async press(at) {
      await reach(at);
      const before = page.url();
      const done = page.waitForEvent('load');
      await page.keyboard.press('Enter');
      await done;
      if (page.url() === before) await page.waitForLoadState('load');
    },
  };
}

/** Runs in the page. */
function hasFocus(wanted) {
  const now = document.activeElement;
  const isOfGroup = wanted.type === 'radio' && now?.type === 'radio' && now.name === wanted.name && now.form === wanted.form;
  return now === wanted || isOfGroup;
}

/** Runs in the page: how often Tab can be pressed before looking, so that it is not looked each time. */
function tabsBefore(wanted) {
  const groups = new Set();
  const isFirstOfGroup = (element) => {
    if (element.type !== 'radio') return true;
    const isNew = !groups.has(element.name);
    groups.add(element.name);
    return isNew;
  };
  const all = [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')];
  const order = all.filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && isFirstOfGroup(element));
  const to = order.findIndex((element) => element === wanted || (wanted.type === 'radio' && element.name === wanted.name));
  return to - order.indexOf(document.activeElement) - 3;
}

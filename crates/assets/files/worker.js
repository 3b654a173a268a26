// Shows that something waits when the push service wakes this browser. The push is empty: what is
// shown comes from the address under which this script was registered.
const words = new URL(self.location.href).searchParams;

self.addEventListener("push", (event) => {
  const shown = self.registration.showNotification(words.get("title") || "Stairgate", {
    body: words.get("says") || "",
    tag: "stairgate",
    icon: "asset:icon.svg",
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});

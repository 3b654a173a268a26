# رسائل البريد والأجهزة.

notice-soon-subject = أمر يحتاج إلى اطلاعك قريبًا
notice-soon-text = هناك أمر في Stairgate يحتاج إلى أن تطّلع عليه قريبًا. سجّل الدخول لترى ما هو:
notice-sign-subject = شيء جديد للقراءة والتوقيع
notice-sign-text = هناك شيء جديد في Stairgate لتقرأه وتوقّعه. سجّل الدخول لتراه:
notice-work-subject = هناك أمر بانتظارك
notice-work-text = هناك أمر بانتظارك في Stairgate. سجّل الدخول لترى ما هو:
notice-test-subject = هذه رسالة تجريبية
notice-test-text = طلبتَ هذه الرسالة من Stairgate لمعرفة ما إذا كان البريد يصل. إنه يصل. من هنا يمكن تسجيل الدخول:
notice-why = لا تذكر هذه الرسالة أكثر من ذلك عن قصد، حتى لا يعرف أحد غيرك موضوعها.
notice-how = يمكنك في Stairgate، في صفحة حسابك، اختيار طريقة إخبارك.
notice-on-device = هناك أمر بانتظارك.

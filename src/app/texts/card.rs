//! The card that tells a resident what is written down: fixed sentences, the same in every language, so that a worker and a resident who
//! share no language read the same thing side by side.
//!
//! **No translation was looked at by a translator yet**: each language says so on the screen, until somebody who knows both has read it and
//! `checked` is set. A language without a sentence does not compile; `tests/card.rs` looks at the rest.

/// How many sentences the card has.
pub const SENTENCES: usize = 8;

/// A language, with the sentences of the card in it.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Its code, for `lang`.
    pub code: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// What it is called in Dutch, for the worker.
    pub dutch: &'static str,
    /// Written from right to left.
    pub rtl: bool,
    /// A translator has looked at it. Dutch is what the others are made from.
    pub checked: bool,
    /// The heading.
    pub title: &'static str,
    /// The sentences, in the order of the Dutch ones.
    pub sentences: [&'static str; SENTENCES],
    /// "Do you want to see what is written about you?"
    pub question: &'static str,
}

/// All languages, Dutch first.
pub const LANGUAGES: [Language; 6] = [
    Language {
        code: "nl",
        name: "Nederlands",
        dutch: "Nederlands",
        rtl: false,
        checked: true,
        title: "Soms schrijf ik iets op",
        sentences: [
            "Ik ben waakvlammer in deze buurt. Ik kom langs om te horen hoe het gaat.",
            "Soms schrijf ik iets op. Dan vergeet ik niet wat ik heb beloofd.",
            "Ik schrijf op dat ik langs was, wat we afspraken en waar ik me zorgen over maak.",
            "Ik schrijf nooit op: je BSN, welke ziekte je hebt, wat je gelooft of waar je vandaan komt.",
            "De waakvlammers van deze buurt en hun leidinggevende lezen het. Anderen niet.",
            "Vraag ik hulp voor je bij iemand anders? Dan vraag ik het eerst aan jou. Alleen bij gevaar bel ik meteen.",
            "Je mag altijd lezen wat er over jou staat. Klopt het niet? Zeg het, dan zet ik dat erbij.",
            "Wil je niet dat ik iets opschrijf of langskom? Zeg het. Dan stop ik.",
        ],
        question: "Wil je zien wat er over jou staat?",
    },
    Language {
        code: "en",
        name: "English",
        dutch: "Engels",
        rtl: false,
        checked: false,
        title: "Sometimes I write something down",
        sentences: [
            "I work in this neighbourhood. I come by to hear how you are.",
            "Sometimes I write something down, so that I do not forget what I promised.",
            "I write down that I came by, what we agreed and what I worry about.",
            "I never write down: your BSN number, what illness you have, what you believe or where you come from.",
            "The workers in this neighbourhood and their supervisor read it. Nobody else does.",
            "If I ask somebody else to help you, I ask you first. Only if there is danger, I call at once.",
            "You can always read what is written about you. Is something wrong? Tell me, and I will add that.",
            "Do you not want me to write things down or to come by? Tell me, and I will stop.",
        ],
        question: "Do you want to see what is written about you?",
    },
    Language {
        code: "tr",
        name: "Türkçe",
        dutch: "Turks",
        rtl: false,
        checked: false,
        title: "Bazen bir şeyler yazıyorum",
        sentences: [
            "Ben bu mahallede çalışıyorum. Nasıl olduğunuzu sormak için uğruyorum.",
            "Bazen bir şeyler yazıyorum. Böylece verdiğim sözü unutmuyorum.",
            "Uğradığımı, neye karar verdiğimizi ve beni neyin endişelendirdiğini yazıyorum.",
            "Şunları asla yazmam: BSN numaranızı, hastalığınızı, inancınızı veya nereden geldiğinizi.",
            "Bunu bu mahallenin çalışanları ve yöneticileri okur. Başkaları okumaz.",
            "Sizin için başka birinden yardım istersem önce size sorarım. Yalnızca tehlike varsa hemen ararım.",
            "Hakkınızda yazılanları her zaman okuyabilirsiniz. Yanlış bir şey mi var? Söyleyin, onu da eklerim.",
            "Bir şey yazmamı veya uğramamı istemiyor musunuz? Söyleyin, bırakırım.",
        ],
        question: "Hakkınızda yazılanları görmek ister misiniz?",
    },
    Language {
        code: "ar",
        name: "العربية",
        dutch: "Arabisch",
        rtl: true,
        checked: false,
        title: "أحيانًا أكتب شيئًا",
        sentences: [
            "أنا أعمل في هذا الحي. أمرّ عليكم لأسأل عن أحوالكم.",
            "أحيانًا أكتب شيئًا حتى لا أنسى ما وعدت به.",
            "أكتب أنني زرتكم، وما اتفقنا عليه، وما يقلقني.",
            "لا أكتب أبدًا: رقمكم الشخصي (BSN)، أو مرضكم، أو دينكم، أو من أين أتيتم.",
            "يقرأ ذلك العاملون في هذا الحي ومديرهم فقط. لا يقرأه غيرهم.",
            "إذا طلبت لكم مساعدة من جهة أخرى فسأسألكم أولًا. أتصل فورًا في حالة الخطر فقط.",
            "يمكنكم دائمًا قراءة ما كُتب عنكم. هل هناك خطأ؟ قولوا لي وسأضيف ذلك.",
            "لا تريدون أن أكتب شيئًا أو أن أزوركم؟ قولوا لي وسأتوقف.",
        ],
        question: "هل تريدون رؤية ما كُتب عنكم؟",
    },
    Language {
        code: "pl",
        name: "Polski",
        dutch: "Pools",
        rtl: false,
        checked: false,
        title: "Czasami coś zapisuję",
        sentences: [
            "Pracuję w tej dzielnicy. Przychodzę zapytać, co słychać.",
            "Czasami coś zapisuję, żeby nie zapomnieć, co obiecałam lub obiecałem.",
            "Zapisuję, że byłam lub byłem u Państwa, co ustaliliśmy i co mnie martwi.",
            "Nigdy nie zapisuję: numeru BSN, choroby, wyznania ani skąd Państwo pochodzą.",
            "Czytają to pracownicy tej dzielnicy i ich przełożony. Nikt inny.",
            "Jeśli proszę kogoś innego o pomoc, najpierw pytam Państwa. Tylko w razie zagrożenia dzwonię od razu.",
            "Zawsze mogą Państwo przeczytać, co jest o Państwu zapisane. Coś się nie zgadza? Proszę powiedzieć, dopiszę to.",
            "Nie chcą Państwo notatek albo wizyt? Proszę powiedzieć, a przestanę.",
        ],
        question: "Czy chcą Państwo zobaczyć, co jest zapisane?",
    },
    Language {
        code: "uk",
        name: "Українська",
        dutch: "Oekraïens",
        rtl: false,
        checked: false,
        title: "Іноді я щось записую",
        sentences: [
            "Я працюю в цьому районі. Я заходжу, щоб дізнатися, як у вас справи.",
            "Іноді я щось записую, щоб не забути, що я пообіцяв або пообіцяла.",
            "Я записую, що я приходив або приходила, про що ми домовилися і що мене турбує.",
            "Я ніколи не записую: ваш номер BSN, вашу хворобу, віру чи звідки ви.",
            "Це читають працівники цього району та їхній керівник. Більше ніхто.",
            "Якщо я прошу когось іншого допомогти вам, спершу я питаю вас. Тільки в разі небезпеки я телефоную одразу.",
            "Ви завжди можете прочитати, що про вас записано. Щось не так? Скажіть, і я це додам.",
            "Не хочете записів або візитів? Скажіть, і я припиню.",
        ],
        question: "Хочете побачити, що про вас записано?",
    },
];

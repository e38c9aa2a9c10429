// The icon family: drawn on a grid of 24 by 24 with round strokes and no fills.
pragma Singleton
import QtQuick

QtObject {
    readonly property var paths: ({
        "card": "M3 6.5 h18 v11 h-18 z M3 10 h18 M6 14.5 h5",
        "phone": "M7.5 2.5 h9 v19 h-9 z M11 18.5 h2 M10 6.5 h4 v4 h-4 z M10 13 h1 M13 13 h1",
        "reader": "M3 15 h18 v5 h-18 z M7 11.5 a7 7 0 0 1 10 0 M9.5 13.5 a3.5 3.5 0 0 1 5 0 M7 17.5 h4",
        "window": "M3 4 h18 v16 h-18 z M3 8 h18 M9 12 h6 v5 h-6 z",
        "book": "M4 5 c3 -1.5 5.5 -1 8 1 c2.5 -2 5 -2.5 8 -1 v13.5 c-3 -1.5 -5.5 -1 -8 1 c-2.5 -2 -5 -2.5 -8 -1 z M12 6 v13.5",
        "borrow": "M4 4.5 h9 v15 h-9 z M7 8 h3 M13 12 h8 M17.5 8.5 l3.5 3.5 l-3.5 3.5",
        "return": "M11 4.5 h9 v15 h-9 z M14 8 h3 M11 12 h-8 M6.5 8.5 l-3.5 3.5 l3.5 3.5",
        "renew": "M4 12 a8 8 0 0 1 14 -5.3 M18.5 3 v4 h-4 M20 12 a8 8 0 0 1 -14 5.3 M5.5 21 v-4 h4",
        "scan": "M3 8 v-4 h4 M17 4 h4 v4 M21 16 v4 h-4 M7 20 h-4 v-4 M7 8 v8 M10 8 v8 M12.5 8 v8 M15 8 v8 M17.5 8 v8",
        "tick": "M4 12.5 l5.5 5.5 l10.5 -12",
        "clock": "M12 3 a9 9 0 1 0 0.01 0 M12 7 v5.5 l3.5 2.5",
        "cross": "M5.5 5.5 l13 13 M18.5 5.5 l-13 13",
        "person": "M12 3.5 a4 4 0 1 0 0.01 0 M4 20.5 c0.5 -5 3.5 -7 8 -7 c4.5 0 7.5 2 8 7",
        "staff": "M4 14 v-2 a8 8 0 0 1 16 0 v2 M4 13 h3 v5 h-3 z M17 13 h3 v5 h-3 z M18.5 18 c0 2.5 -2 3 -5 3",
        "home": "M3.5 11.5 l8.5 -7.5 l8.5 7.5 M6 9.5 v10.5 h12 v-10.5 M10 20 v-5.5 h4 v5.5",
        "heart": "M12 20 c-9 -6 -9.5 -11 -7 -13.8 c2.2 -2.4 5.6 -1.7 7 1 c1.4 -2.7 4.8 -3.4 7 -1 c2.5 2.8 2 7.8 -7 13.8 z",
        "globe": "M12 3 a9 9 0 1 0 0.01 0 M3 12 h18 M12 3 c-5 5 -5 13 0 18 M12 3 c5 5 5 13 0 18",
        "cloud": "M7 18.5 h10.5 a4 4 0 0 0 0.5 -8 a6 6 0 0 0 -11.5 -1 a4.5 4.5 0 0 0 0.5 9 z",
        "online": "M4 10 a12 12 0 0 1 16 0 M7 13.5 a7.5 7.5 0 0 1 10 0 M10 17 a3 3 0 0 1 4 0",
        "offline": "M4 10 a12 12 0 0 1 4 -2.5 M12.5 6.7 a12 12 0 0 1 7.5 3.3 M10 17 a3 3 0 0 1 4 0 M4 3.5 l16 17",
        "take": "M6 12 h12 M12 6 v12"
    })
}

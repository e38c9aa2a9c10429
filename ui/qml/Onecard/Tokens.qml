// The design tokens: every colour, size, space and time of the screens stands here and nowhere else.
pragma Singleton
import QtQuick

QtObject {
    id: tokens

    // Set by the window: its size in pixels, how many a 96-dpi pixel is on this panel, the theme, easy mode,
    // reduced motion.
    property real width: 1920
    property real height: 1080
    property real density: 1
    property bool highContrast: false
    property bool easy: false
    property bool reducedMotion: false
    // Whether the keyboard was used last: then a new screen shows where its focus is, too.
    property bool byKeys: false

    readonly property bool tall: height > width
    readonly property real shorter: Math.min(width, height) / density
    readonly property bool small: shorter < 600
    readonly property bool middling: !small && shorter < 900
    // Full HD on a fine panel: a finger's width is a large part of it, and margins are slim.
    readonly property bool close: !small && shorter < 760
    // Little room for much text: pictures and one sentence carry the screen.
    readonly property bool compact: !tall && (small || easy && height / density < 1000)
    readonly property real scale: (small ? 0.62 : middling ? 0.85 : 1) * density

    // Colours
    readonly property color ground: highContrast ? "#000000" : "#0B4A53"
    readonly property color groundDeep: highContrast ? "#000000" : "#052D35"
    readonly property color groundRaised: highContrast ? "#000000" : "#185C66"
    readonly property color pale: "#FFFFFF"
    readonly property color paleSoft: highContrast ? "#FFFFFF" : "#CBE3E5"
    readonly property color surface: "#FFFFFF"
    readonly property color surfaceSoft: highContrast ? "#FFFFFF" : "#EEF5F5"
    readonly property color surfacePressed: highContrast ? "#E0E0E0" : "#D9E8E9"
    readonly property color ink: highContrast ? "#000000" : "#0F2529"
    readonly property color inkSoft: highContrast ? "#000000" : "#44585C"
    readonly property color line: highContrast ? "#000000" : "#CDDBDD"
    // The one accent: deep on white, bright on the ground.
    readonly property color accent: highContrast ? "#00363D" : "#0B6470"
    readonly property color accentPressed: highContrast ? "#000000" : "#084C55"
    readonly property color accentInk: "#FFFFFF"
    readonly property color accentBright: highContrast ? "#FFFFFF" : "#7CE5D3"
    readonly property color accentBrightPressed: highContrast ? "#D0D0D0" : "#4FC9B5"
    readonly property color accentBrightInk: highContrast ? "#000000" : "#052D35"
    readonly property color focus: highContrast ? "#FFFF00" : "#FFC53D"
    readonly property color focusEdge: highContrast ? "#000000" : "#052D35"
    readonly property color confirmed: highContrast ? "#003D1F" : "#0B6A3E"
    readonly property color accepted: highContrast ? "#4A2E00" : "#8A5300"
    readonly property color neutral: highContrast ? "#14303A" : "#35545C"
    readonly property color refused: highContrast ? "#6B0010" : "#A61B29"
    readonly property color night: "#000000"
    readonly property color nightInk: "#7FA5A9"
    readonly property color shade: highContrast ? "#F0000000" : "#CC04191C"
    readonly property color shadow: highContrast ? "#00000000" : "#2E001418"

    // Colours of the drawn pictures alone; nothing is written in or on them.
    readonly property color pictureDark: highContrast ? "#000000" : "#12363D"
    readonly property color pictureBody: highContrast ? "#000000" : "#2A5861"
    readonly property color pictureLight: highContrast ? "#FFFFFF" : "#DCEBEC"
    readonly property color pictureGold: highContrast ? "#FFFFFF" : "#E9B949"
    readonly property color pictureCard: highContrast ? "#00363D" : "#0E7A83"
    readonly property color pictureCardDeep: highContrast ? "#00363D" : "#0A5A66"
    readonly property color pictureGlow: highContrast ? "#00363D" : "#35BFA9"

    function tone(name) {
        return name === "confirmed" ? confirmed : name === "accepted" || name === "waiting" ? accepted
             : name === "partly" ? accepted : name === "neutral" ? neutral : name === "refused" ? refused : accent;
    }

    // Type. Body is never under 40 pixels of a 96-dpi panel (capitals of 7.3 mm), but on a vehicle's small
    // panel, where one sentence stands alone and large.
    readonly property string family: "Noto Sans CJK SC"
    readonly property real body: Math.round((small ? 30 : 40) * density * (easy ? (small ? 1.2 : 1.5) : 1))
    readonly property real label: Math.round((small ? 27 : 40) * density * (easy ? (small ? 1.1 : 1.15) : 1))
    // Pages for trained staff, who stand close and want much at once.
    readonly property real dense: Math.round((small ? 24 : middling ? 32 : 36) * density)
    readonly property real quiet: Math.round((small ? 22 : 30) * density)
    readonly property real headline: Math.round(68 * scale * (easy ? 1.2 : 1))
    readonly property real largest: Math.round(112 * scale * (easy ? 1.1 : 1))
    readonly property real code: Math.round(44 * scale)
    // No letter is smaller, however long a sentence gets.
    readonly property real smallest: Math.round((small ? 20 : 28) * density)

    // Space
    readonly property real gap: Math.round(24 * scale)
    readonly property real margin: Math.round(48 * scale)
    readonly property real radius: Math.round(28 * scale)
    readonly property real border: Math.max(2, Math.round(3 * scale))
    readonly property real focusBorder: Math.max(4, Math.round(6 * scale))
    readonly property real lift: Math.round(6 * scale)
    // What a finger touches: 20 mm high and wide, 6 mm apart (76 and 23 pixels at 96 dpi).
    readonly property real least: Math.round(76 * density)
    readonly property real target: Math.max(least, Math.round(96 * scale * (easy ? 1.2 : 1)))
    readonly property real apart: Math.max(small ? 12 : Math.round(23 * density), gap)
    readonly property real icon: Math.round(72 * scale * (easy ? 1.2 : 1))
    readonly property real iconSmall: Math.round(44 * scale)
    readonly property real picture: Math.round(220 * scale)

    // Strokes of icons on their grid of 24: thinner where the icon is large.
    readonly property real stroke: 1.8
    readonly property real strokeLarge: 1.25

    // Motion, in ms
    readonly property int quick: reducedMotion ? 0 : 150
    readonly property int calm: reducedMotion ? 0 : 250
    readonly property int sweep: 900
    readonly property int hint: 4000
}

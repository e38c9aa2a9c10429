// The design tokens: every colour, size, space and time of the screens stands here and nowhere else.
pragma Singleton
import QtQuick

QtObject {
    id: tokens

    // Set by the window: its size in pixels, the theme, easy mode, reduced motion.
    property real width: 1920
    property real height: 1080
    property bool highContrast: false
    property bool easy: false
    property bool reducedMotion: false

    readonly property bool tall: height > width
    readonly property bool small: Math.min(width, height) < 600
    // Little room for much text: pictures and one sentence carry the screen.
    readonly property bool compact: !tall && (small || easy && height < 1000)
    readonly property real base: small ? 0.62 : Math.min(width, height) < 900 ? 0.85 : 1
    readonly property real enlarged: easy ? (small ? 1.2 : 1.5) : 1

    // Colours
    readonly property color ground: highContrast ? "#000000" : "#0B4A52"
    readonly property color groundDeep: highContrast ? "#000000" : "#07363D"
    readonly property color pale: "#FFFFFF"
    readonly property color paleSoft: highContrast ? "#FFFFFF" : "#CFE5E7"
    readonly property color surface: "#FFFFFF"
    readonly property color surfaceSoft: highContrast ? "#FFFFFF" : "#EFF5F5"
    readonly property color ink: highContrast ? "#000000" : "#10262A"
    readonly property color inkSoft: highContrast ? "#000000" : "#45595D"
    readonly property color line: highContrast ? "#000000" : "#C9D8DA"
    readonly property color accent: highContrast ? "#00363D" : "#0B6470"
    readonly property color accentPressed: highContrast ? "#000000" : "#084C55"
    readonly property color accentInk: "#FFFFFF"
    readonly property color focus: highContrast ? "#FFFF00" : "#FFC53D"
    readonly property color confirmed: highContrast ? "#003D1F" : "#0E6B3F"
    readonly property color accepted: highContrast ? "#4A2E00" : "#8A5300"
    readonly property color refused: highContrast ? "#6B0010" : "#A61B29"
    readonly property color shade: "#CC04191C"
    readonly property color night: "#000000"
    readonly property color nightInk: "#7FA5A9"

    function tone(name) {
        return name === "confirmed" ? confirmed : name === "accepted" || name === "waiting" ? accepted
             : name === "refused" ? refused : accent;
    }

    // Type, in pixels of a 96-dpi panel: body has capitals of 7.3 mm
    readonly property string family: "Noto Sans CJK SC"
    readonly property real body: Math.round(40 * base * enlarged)
    readonly property real label: Math.round(34 * base * (easy ? 1.25 : 1))
    readonly property real headline: Math.round(68 * base * (easy ? 1.2 : 1))
    readonly property real largest: Math.round(112 * base * (easy ? 1.1 : 1))
    readonly property real code: Math.round(44 * base)

    // Space
    readonly property real gap: Math.round(24 * base)
    readonly property real margin: Math.round(48 * base)
    readonly property real radius: Math.round(28 * base)
    readonly property real border: Math.max(2, Math.round(3 * base))
    readonly property real focusBorder: Math.max(4, Math.round(6 * base))
    readonly property real target: Math.max(76, Math.round(96 * base * (easy ? 1.2 : 1)))
    readonly property real icon: Math.round(72 * base * (easy ? 1.2 : 1))
    readonly property real iconSmall: Math.round(44 * base)
    readonly property real picture: Math.round(220 * base)
    readonly property real stroke: 1.8

    // Motion, in ms
    readonly property int quick: reducedMotion ? 0 : 150
    readonly property int calm: reducedMotion ? 0 : 250
    readonly property int hint: 4000
}

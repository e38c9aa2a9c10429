// Letters and digits, and for names Chinese characters to choose from: whoever types needs to know neither
// pinyin nor an input method.
import QtQuick

FocusScope {
    id: keys

    property string kind: "text"
    property var characters: null
    property int typedLength: 0
    property bool chinese: kind === "name"
    // Without, letters alone: more room for what they find.
    property bool withDigits: true

    signal typed(string key)
    signal erased()

    readonly property bool both: characters !== null && characters !== undefined
    // Ten keys in a row, or where their width would not do for a finger, seven.
    readonly property bool wide: (width - 9 * Tokens.apart) / 10 >= Tokens.target * 0.99 || Tokens.small
    readonly property real space: Tokens.small ? Tokens.gap / 2 : Tokens.apart
    readonly property string other: chinese ? "letters" : "characters"
    // Digits have a page of their own where all rows would be too low for a finger.
    readonly property int whole: wide ? 4 : 6
    readonly property bool apart: withDigits && !Tokens.small && height < whole * (Tokens.least - 1) + (whole - 1) * space
    readonly property var turns: (both ? [other] : []).concat(apart ? ["digits"] : [])
    readonly property var rows: !withDigits ? letterRows : !wide && apart
        ? numbers ? ["12345".split(""), "67890".split(""), ["alphabet", "-", " ", "erase"]]
                  : ["ABCDEFG".split(""), "HIJKLMN".split(""), "OPQRSTU".split(""), "VWXYZ- ".split(""), turns.concat(["erase"])]
        : !wide
        ? ["1234567".split(""), "890ABCD".split(""), "EFGHIJK".split(""), "LMNOPQR".split(""),
           "STUVWXY".split(""), ["Z", "-", " "].concat(turns, ["erase"])]
        : apart && numbers ? ["1234567890".split(""), ["alphabet", "-", " ", "erase"]]
        : (apart ? [] : ["1234567890".split("")]).concat(["QWERTYUIOP".split(""), "ASDFGHJKL-".split(""),
           turns.concat("ZXCVBNM".split(""), [" ", "erase"])])
    readonly property var letterRows: wide
        ? ["QWERTYUIOP".split(""), "ASDFGHJKL".split(""), "ZXCVBNM".split("").concat([" ", "erase"])]
        : ["ABCDEFG".split(""), "HIJKLMN".split(""), "OPQRSTU".split(""), "VWXYZ".split("").concat([" ", "erase"])]
    property bool numbers: false
    readonly property var names: ({
        "characters": qsTrId("ui.keys.characters"), "digits": qsTrId("ui.keys.digits"), "alphabet": qsTrId("ui.keys.letters")
    })

    function take(key) {
        if (key === "erase") erased();
        else if (key === "characters") chinese = true;
        else if (key in names) numbers = key === "digits";
        else typed(key);
    }

    readonly property real rowHeight: (height - (rows.length - 1) * space) / rows.length

    Column {
        visible: !keys.chinese
        spacing: keys.space
        Repeater {
            model: keys.chinese ? [] : keys.rows
            Row {
                id: line
                required property var modelData
                spacing: keys.space
                Repeater {
                    model: line.modelData
                    PadKey {
                        required property string modelData
                        readonly property string turn: keys.names[modelData] ?? ""
                        width: (keys.width - (line.modelData.length - 1) * keys.space) / line.modelData.length
                        height: keys.rowHeight
                        face: modelData
                        text: turn !== "" ? turn : erase || face === " " ? "" : face
                        Accessible.name: turn !== "" ? turn : erase ? qsTrId("ui.erase") : face === " " ? qsTrId("ui.space") : face
                        onPressed_: key => keys.take(key)
                    }
                }
            }
        }
    }
    Loader {
        active: keys.chinese && keys.both
        anchors.fill: parent
        sourceComponent: CharacterKeys {
            surnames: keys.kind === "name" && keys.typedLength === 0
            characters: keys.characters
            onTyped: key => keys.typed(key)
            onErased: keys.erased()
            onLettersWanted: keys.chinese = false
        }
    }
}

// Keys on the screen: digits and a key to accept for numbers, letters alone for text. Tells what was pressed
// and holds nothing.
import QtQuick

FocusScope {
    id: keypad

    // digits, money, date, phone, identity, text, pin
    property string kind: "digits"
    property bool scrambled: false
    property bool ready: true

    signal typed(string key)
    signal erased()
    signal accepted()

    readonly property bool letters: kind === "text"
    // Letters need the whole width: their key to accept stands below them, or with whoever shows them.
    readonly property bool below: letters && Tokens.tall
    readonly property string extra: ({ "money": ".", "identity": "X", "date": "-" })[kind] ?? ""
    readonly property var digits: scrambled ? shuffled("1234567890".split("")) : "1234567890".split("")
    readonly property var rows: letters
        ? ["1234567890".split(""), "QWERTYUIOP".split(""), "ASDFGHJKL-".split(""), "ZXCVBNM".split("").concat([" ", "erase"])]
        : [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 9), [extra, digits[9], "erase"]]
    readonly property real space: Tokens.gap / 3
    readonly property real rowHeight: (height - (rows.length - 1) * space - (below ? accept.height + space : 0)) / rows.length
    readonly property real acceptWidth: letters ? 0 : Math.max(Tokens.target * 1.4, width * 0.26)

    function shuffled(keys) {
        const mixed = keys.slice();
        for (let last = mixed.length - 1; last > 0; last--) {
            const other = Math.floor(Math.random() * (last + 1));
            [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
        }
        return mixed;
    }

    Column {
        id: grid
        width: keypad.width - (keypad.letters ? 0 : keypad.acceptWidth + keypad.space)
        spacing: keypad.space
        Repeater {
            model: keypad.rows
            Row {
                id: line
                required property var modelData
                spacing: keypad.space
                Repeater {
                    model: line.modelData
                    PadKey {
                        required property string modelData
                        width: (grid.width - (line.modelData.length - 1) * keypad.space) / line.modelData.length
                        height: keypad.rowHeight
                        enabled: modelData !== ""
                        opacity: enabled ? 1 : 0
                        face: modelData
                    }
                }
            }
        }
    }
    BigButton {
        id: accept
        objectName: "accept"
        visible: !keypad.letters || keypad.below
        x: keypad.width - width
        y: keypad.height - height
        width: keypad.below ? keypad.width : keypad.acceptWidth
        height: keypad.below ? Tokens.target : keypad.height
        enabled: keypad.ready
        opacity: enabled ? 1 : 0.5
        picture: "tick"
        text: qsTrId("ui.accept")
        onClicked: keypad.accepted()
    }

    component PadKey: BigButton {
        property string face
        readonly property bool erase: face === "erase"
        objectName: "key-" + face
        ground: down ? Tokens.line : Tokens.surface
        ink: Tokens.ink
        picture: erase ? "erase" : ""
        text: erase ? "" : face === " " ? "␣" : face
        size: Math.min(Tokens.headline * 0.8, height * 0.55)
        activeFocusOnTab: enabled
        Accessible.name: erase ? qsTrId("ui.erase") : face
        implicitWidth: Tokens.target * 0.6
        onClicked: erase ? keypad.erased() : keypad.typed(face)
    }
}

// Keys on the screen: digits with what their kind needs besides, or letters and characters for text and
// names, and a key to accept. Tells what was pressed and holds nothing.
import QtQuick

FocusScope {
    id: keypad

    // digits, money, date, phone, identity, pin, text, name
    property string kind: "digits"
    property bool scrambled: false
    property bool ready: true
    // Stands on a white page, not on the ground.
    property bool onWhite: false
    // What names are chosen from, for letters and characters: surnames, frequent, components.
    property var characters: null
    // How much has been typed, so that a name begins with a surname.
    property int typedLength: 0

    signal typed(string key)
    signal erased()
    signal accepted()

    readonly property bool letters: kind === "text" || kind === "name"
    // The key to accept stands below the others, or beside them where there is little height.
    readonly property bool below: letters ? Tokens.tall : !Tokens.small && (height - Math.max(Tokens.target, (height - 4 * space) / 5) - 4 * space) / 4 >= Tokens.least - 1
    readonly property string extra: ({ "money": ".", "identity": "X", "date": "-" })[kind] ?? ""
    readonly property var digits: scrambled ? shuffled("1234567890".split("")) : "1234567890".split("")
    readonly property var rows: [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 9), [extra, digits[9], "erase"]]
    readonly property real space: Tokens.apart
    readonly property real acceptWidth: Math.max(Tokens.target * 1.4, width * 0.26)
    readonly property real keysHeight: height - (below ? accept.height + space : 0)
    readonly property real rowHeight: (keysHeight - 3 * space) / 4

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
        visible: !keypad.letters
        width: keypad.width - (keypad.below ? 0 : keypad.acceptWidth + keypad.space)
        spacing: keypad.space
        Repeater {
            model: keypad.letters ? [] : keypad.rows
            Row {
                id: line
                required property var modelData
                spacing: keypad.space
                Repeater {
                    model: line.modelData
                    PadKey {
                        required property string modelData
                        width: (grid.width - 2 * keypad.space) / 3
                        height: keypad.rowHeight
                        enabled: modelData !== ""
                        opacity: enabled ? 1 : 0
                        face: modelData
                        onPressed_: key => key === "erase" ? keypad.erased() : keypad.typed(key)
                    }
                }
            }
        }
    }
    Loader {
        active: keypad.letters
        width: keypad.width
        height: keypad.keysHeight
        sourceComponent: TextKeys {
            kind: keypad.kind
            characters: keypad.characters
            typedLength: keypad.typedLength
            onTyped: key => keypad.typed(key)
            onErased: keypad.erased()
        }
    }
    BigButton {
        id: accept
        objectName: "accept"
        visible: !keypad.letters || keypad.below
        x: keypad.width - width
        y: keypad.height - height
        width: keypad.below ? keypad.width : keypad.acceptWidth
        height: keypad.below ? Math.max(Tokens.target, keypad.letters ? 0 : (keypad.height - 4 * keypad.space) / 5) : keypad.height
        onWhite: keypad.onWhite
        enabled: keypad.ready
        picture: "tick"
        text: qsTrId("ui.accept")
        onClicked: keypad.accepted()
    }
}

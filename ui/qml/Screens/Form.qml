// One thing to type: the question, what is typed so far, and keys that fit it. A keyboard on the desk works
// too, with its own input method for Chinese.
import QtQuick
import OnecardStyle
import Onecard

FocusScope {
    id: form

    property var view: ({})
    property var kiosk

    readonly property string kind: view.keys ?? "digits"
    readonly property bool letters: kind === "text" || kind === "name"
    readonly property bool beside: !Tokens.tall && !letters
    readonly property bool squat: letters && !Tokens.tall && (Tokens.compact || Tokens.middling)
    readonly property int longest: view.longest ?? 20
    readonly property string shape: view.field + view.title

    focus: true
    onViewChanged: { field.maximumLength = view.longest ?? 20; field.text = view.value ?? ""; field.forceActiveFocus(); }
    Component.onCompleted: field.forceActiveFocus()

    function add(key) { if (field.text.length < longest) field.insert(field.cursorPosition, key); }
    function erase() {
        if (field.selectedText !== "") field.remove(field.selectionStart, field.selectionEnd);
        else field.remove(field.cursorPosition - 1, field.cursorPosition);
    }
    function accept() { if (field.text !== "") kiosk.typed(field.text); }

    // What a question of each kind is about, for who cannot read it
    readonly property string picture: ({
        "money": "money", "date": "calendar", "phone": "phone", "identity": "card", "name": "person"
    })[kind] ?? "form"

    Column {
        id: said
        // On a tall screen near the keys, not at the far end
        y: Tokens.tall ? Math.max(0, Math.min((keys.y - height) * 0.7, keys.y - height - Tokens.apart)) : 0
        width: form.beside ? form.width * 0.46 : form.width
        spacing: Tokens.gap / (form.squat ? 3 : 1)
        Row {
            width: parent.width
            spacing: Tokens.gap
            Rectangle {
                id: badge
                visible: !form.squat
                width: Tokens.headline * 1.5
                height: width
                radius: width / 2
                color: Tokens.groundRaised
                border.width: Tokens.highContrast ? Tokens.border : 0
                border.color: Tokens.pale
                Icon { anchors.centerIn: parent; name: form.picture; size: parent.width * 0.56; colour: Tokens.pale }
            }
            Sentence {
                width: parent.width - (badge.visible ? badge.width + parent.spacing : 0)
                anchors.verticalCenter: parent.verticalCenter
                room: form.squat ? size * 1.3 : Tokens.headline * (form.beside && !Tokens.compact ? 3.6 : 2.4)
                text: form.view.title ?? ""
                size: form.squat ? Tokens.body : Tokens.headline
                least: 0.5
                font.bold: true
                color: Tokens.pale
            }
        }
        Row {
            width: parent.width
            spacing: Tokens.apart
            TextField {
                id: field
                objectName: "typed"
                width: parent.width - (accept.visible ? accept.width + parent.spacing : 0)
                height: form.squat ? Math.max(Tokens.least, Tokens.target * (Tokens.close ? 0.85 : 0.95)) : Tokens.target * (Tokens.close ? 1 : 1.3)
                focus: true
                inputMethodHints: form.letters ? Qt.ImhNone : Qt.ImhPreferNumbers
                onTextEdited: if (form.kind !== "name" && !inputMethodComposing) text = text.toUpperCase()
                onAccepted: form.accept()
                Accessible.name: form.view.title ?? ""
                Accessible.description: form.view.detail ?? ""
            }
            BigButton {
                id: accept
                objectName: "accept"
                visible: form.letters && !Tokens.tall
                width: Math.max(implicitWidth, Tokens.target * 2.2)
                height: field.height
                enabled: field.text !== ""
                picture: "tick"
                text: qsTrId("ui.accept")
                onClicked: form.accept()
            }
        }
        Sentence {
            width: parent.width
            visible: text !== ""
            room: form.beside ? Math.min(Tokens.body * 2.6, form.height - y) : Tokens.body * (Tokens.close ? 1.6 : 2.6)
            text: form.view.detail ?? ""
            color: Tokens.focus
            font.bold: true
            Accessible.role: Accessible.AlertMessage
        }
    }

    Keypad {
        id: keys
        kind: form.kind
        characters: form.kiosk ? form.kiosk.characters : null
        typedLength: field.text.length
        ready: field.text !== ""
        x: form.beside ? form.width - width : 0
        readonly property real from: Tokens.tall
            ? Math.max(said.height + Tokens.apart, Tokens.height * 0.26 - form.y - (form.parent ? form.parent.y : 0)) : said.height + Tokens.apart
        y: form.beside ? 0 : Tokens.tall ? form.height - height : from
        width: form.beside ? form.width * 0.5 : form.width
        height: form.beside ? form.height : Math.min(form.height - from, Tokens.target * (form.letters ? 9 : 7.6))
        onTyped: key => form.add(key)
        onErased: form.erase()
        onAccepted: form.accept()
    }
}

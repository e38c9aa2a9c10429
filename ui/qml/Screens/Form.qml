// One thing to type: the question, what is typed so far, and keys that fit it.
import QtQuick
import Onecard

FocusScope {
    id: form

    property var view: ({})
    property var kiosk
    property string typed: view.value ?? ""

    readonly property string kind: view.keys ?? "digits"
    readonly property bool letters: kind === "text"
    readonly property bool beside: !Tokens.tall && !letters
    readonly property int longest: view.longest ?? 20

    focus: true
    onViewChanged: typed = view.value ?? ""
    Component.onCompleted: forceActiveFocus()

    function add(key) { if (typed.length < longest) typed += key; }
    function erase() { typed = typed.slice(0, -1); }
    function accept() { if (typed !== "") kiosk.typed(typed); }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) erase();
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) form.accept();
        else if (event.text.length === 1 && event.text >= " ") add(event.text.toUpperCase());
        else return;
        event.accepted = true;
    }

    Column {
        id: said
        width: form.beside ? form.width * 0.46 : form.width
        spacing: Tokens.gap / 2
        Sentence {
            width: parent.width
            room: form.letters && Tokens.small ? size * 1.3 : Tokens.headline * (form.beside && !Tokens.compact ? 3.6 : 2.4)
            text: form.view.title ?? ""
            size: form.letters && Tokens.small ? Tokens.body : Tokens.headline
            font.bold: true
            color: Tokens.pale
        }
        Row {
            width: parent.width
            spacing: Tokens.gap / 2
            Panel {
                width: parent.width - (accept.visible ? accept.width + parent.spacing : 0)
                height: form.letters && Tokens.small ? Tokens.target * 0.95 : Tokens.target * 1.3
                Text {
                    objectName: "typed"
                    anchors { fill: parent; margins: Tokens.gap / 2 }
                    text: form.typed + "▏"
                    color: Tokens.ink
                    font.family: Tokens.family
                    font.pixelSize: Math.min(Tokens.headline, height * 0.7)
                    font.bold: true
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Tokens.label * 0.7
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.role: Accessible.EditableText
                    Accessible.name: form.view.title ?? ""
                    Accessible.description: form.typed
                }
            }
            BigButton {
                id: accept
                objectName: "accept"
                visible: form.letters && !Tokens.tall
                width: Tokens.target * 2.2
                height: parent.height
                enabled: form.typed !== ""
                opacity: enabled ? 1 : 0.5
                picture: "tick"
                text: qsTrId("ui.accept")
                onClicked: form.accept()
            }
        }
        Sentence {
            width: parent.width
            visible: text !== ""
            room: form.beside ? Math.min(Tokens.body * 2.6, form.height - y) : Tokens.body * 2.6
            text: form.view.detail ?? ""
            color: Tokens.focus
            font.bold: true
        }
    }

    Keypad {
        id: keys
        kind: form.kind
        ready: form.typed !== ""
        x: form.beside ? form.width - width : 0
        readonly property real from: Tokens.tall
            ? Math.max(said.height + Tokens.gap, Tokens.height * 0.26 - form.y - (form.parent ? form.parent.y : 0)) : said.height + Tokens.gap
        y: form.beside ? 0 : from
        width: form.beside ? form.width * 0.5 : form.width
        height: form.beside ? form.height : Math.min(form.height - from, Tokens.target * (form.letters ? 6.5 : 6))
        onTyped: key => form.add(key)
        onErased: form.erase()
        onAccepted: form.accept()
    }
}

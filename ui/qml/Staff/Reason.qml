// A sentence that goes on record: a ready one by touch, or one's own by keys. Also takes a right value.
import QtQuick
import Onecard

FocusScope {
    id: reason

    property var page: ({})
    property var staff
    property string typed: ""
    readonly property bool correcting: page.kind === "correct"
    property bool typing: correcting

    readonly property var ready: page.reasons ?? []

    focus: true
    onPageChanged: typed = ""
    Connections {
        target: reason
        function onCorrectingChanged() { reason.typing = reason.correcting; reason.typed = ""; }
    }
    function hand() { if (typed.trim() !== "") staff.give(typed); }

    Keys.onPressed: event => {
        if (!typing) return;
        if (event.key === Qt.Key_Backspace) typed = typed.slice(0, -1);
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) hand();
        else if (event.text.length >= 1 && event.text >= " ") typed += event.text;
        else return;
        event.accepted = true;
    }

    Column {
        id: said
        width: parent.width
        spacing: Tokens.gap / 3
        Sentence {
            width: parent.width
            room: Tokens.headline * 0.9
            text: reason.page.title ?? ""
            size: Tokens.headline * 0.62
            font.bold: true
        }
        Sentence {
            width: parent.width
            room: Tokens.dense * 2
            text: reason.page.detail ?? ""
            size: Tokens.dense * 0.8
            color: Tokens.inkSoft
        }
    }

    Grid {
        id: choices
        visible: !reason.typing
        y: said.height + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 3
        readonly property int count: reason.ready.length + 2
        columns: count * (72 + spacing) - spacing > reason.height - y ? 2 : 1
        readonly property int lines: Math.ceil(count / columns)
        readonly property real wide: (width - (columns - 1) * spacing) / columns
        readonly property real each: Math.max(72, Math.min(Tokens.target, (reason.height - y - (lines - 1) * spacing) / lines))
        Repeater {
            model: reason.ready
            StaffChoice {
                required property string modelData
                required property int index
                objectName: "reason-" + index
                width: choices.wide
                height: choices.each
                picture: "tick"
                text: modelData
                onClicked: reason.staff.give(modelData)
            }
        }
        StaffChoice {
            objectName: "reasonOther"
            width: choices.wide
            height: choices.each
            picture: "form"
            text: qsTrId("staff.reason.other")
            onClicked: { reason.typing = true; writing.forceActiveFocus(); }
        }
        StaffChoice {
            objectName: "back"
            width: choices.wide
            height: choices.each
            picture: "back"
            text: qsTrId("staff.back")
            onClicked: reason.staff.back()
        }
    }

    // Who types has the focus here, and no button.
    Item { id: writing; focus: reason.correcting }

    Row {
        id: line
        visible: reason.typing
        y: said.height + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 3
        Panel {
            width: parent.width - (accept.visible ? accept.width + parent.spacing : 0) - away.width - parent.spacing
            height: Math.max(72, Tokens.target * 0.9)
            radius: Tokens.radius / 2
            border.width: Tokens.border
            border.color: Tokens.accent
            Text {
                objectName: "typedReason"
                anchors { fill: parent; margins: Tokens.gap / 3 }
                text: reason.typed + "▏"
                color: Tokens.ink
                font.family: Tokens.family
                font.pixelSize: Tokens.dense
                elide: Text.ElideLeft
                verticalAlignment: Text.AlignVCenter
                textFormat: Text.PlainText
                Accessible.role: Accessible.EditableText
                Accessible.name: reason.page.title ?? ""
                Accessible.description: reason.typed
            }
        }
        StaffChoice {
            id: away
            objectName: "away"
            width: Tokens.target * 1.9
            height: accept.height
            picture: "back"
            text: qsTrId("staff.back")
            onClicked: reason.correcting ? reason.staff.back() : reason.typing = false
        }
        BigButton {
            id: accept
            objectName: "acceptReason"
            visible: !Tokens.tall
            width: Tokens.target * 2
            height: Math.max(72, Tokens.target * 0.9)
            enabled: reason.typed.trim() !== ""
            opacity: enabled ? 1 : 0.5
            picture: "tick"
            text: qsTrId("ui.accept")
            onClicked: reason.hand()
        }
    }
    Keypad {
        visible: reason.typing
        kind: "text"
        ready: reason.typed.trim() !== ""
        width: parent.width
        height: Math.min(reason.height - line.y - line.height - Tokens.gap / 2, Tokens.target * 6)
        y: Tokens.tall ? line.y + line.height + Tokens.gap / 2 : reason.height - height
        onTyped: key => reason.typed += key
        onErased: reason.typed = reason.typed.slice(0, -1)
        onAccepted: reason.hand()
    }
}

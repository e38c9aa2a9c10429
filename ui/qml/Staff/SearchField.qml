// Where one types what to look for; touched, it asks for keys on the screen.
import QtQuick
import Onecard

FocusScope {
    id: field

    property string query
    property string hint: qsTrId("staff.search")
    signal searched(string query)
    signal wanted()

    activeFocusOnTab: true

    Panel {
        anchors.fill: parent
        radius: Tokens.radius / 2
        border.width: Tokens.border
        border.color: Tokens.line
        FocusRing { visible: input.activeFocus; of: parent.radius }
        Icon {
            id: sign
            name: "search"
            size: Tokens.iconSmall * 0.8
            colour: Tokens.inkSoft
            x: Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
        }
        Text {
            textFormat: Text.PlainText
            visible: input.text === ""
            anchors { left: input.left; right: input.right; verticalCenter: parent.verticalCenter }
            text: field.hint
            color: Tokens.inkSoft
            font.family: Tokens.family
            font.pixelSize: Tokens.dense * 0.75
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Tokens.dense * 0.5
            Accessible.ignored: true
        }
        TextInput {
            id: input
            focus: true
            anchors { left: sign.right; leftMargin: Tokens.gap / 2; right: clear.left; verticalCenter: parent.verticalCenter }
            color: Tokens.ink
            font.family: Tokens.family
            font.pixelSize: Tokens.dense * 0.85
            clip: true
            maximumLength: 60
            text: field.query
            onTextEdited: field.searched(text)
            Accessible.role: Accessible.EditableText
            Accessible.name: field.hint
            Binding { target: input; property: "text"; value: field.query; restoreMode: Binding.RestoreNone }
        }
        MouseArea {
            anchors { fill: parent; rightMargin: clear.visible ? clear.width : 0 }
            onClicked: { input.forceActiveFocus(); field.wanted(); }
        }
        BigButton {
            id: clear
            objectName: "clearSearch"
            visible: field.query !== ""
            anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
            width: visible ? height * 1.1 : 0
            implicitWidth: 0
            ground: "transparent"
            ink: Tokens.accent
            picture: "cross"
            Accessible.name: qsTrId("staff.clear")
            onClicked: field.searched("")
        }
    }
}

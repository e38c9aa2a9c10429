// A button large enough for a finger in a glove; its whole face is the target.
import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: button

    property string picture
    property bool quiet: false
    property real size: Tokens.label
    property color ground: quiet ? "transparent" : Tokens.accent
    property color ink: quiet ? Tokens.pale : Tokens.accentInk

    implicitWidth: Math.max(Tokens.target * 1.6, content.implicitWidth + 2 * Tokens.gap)
    implicitHeight: Tokens.target
    padding: Tokens.gap / 2
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        radius: Tokens.radius * 0.7
        color: button.down ? Tokens.accentPressed : button.ground
        border.width: button.visualFocus ? Tokens.focusBorder : button.quiet ? Tokens.border : 0
        border.color: button.visualFocus ? Tokens.focus : button.quiet ? button.ink : "transparent"
    }

    contentItem: Item {
        implicitWidth: content.implicitWidth
        Row {
            id: content
            anchors.centerIn: parent
            spacing: Tokens.gap / 2
            Icon {
                visible: button.picture !== ""
                name: button.picture
                size: Tokens.iconSmall
                colour: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: button.text
                color: button.ink
                font.family: Tokens.family
                font.pixelSize: button.size
                font.bold: !button.quiet
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
        }
    }
}

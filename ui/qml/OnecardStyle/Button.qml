// A button large enough for a finger in a glove; its whole face is the target. Bright on the ground, deep on
// white (``onWhite``); flat where something else is the next step. ``icon.name`` is one of the icon family.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.Button {
    id: button

    property bool onWhite: false
    property real size: Tokens.label
    property color ground: flat ? Tokens.groundRaised : onWhite ? Tokens.accent : Tokens.accentBright
    property color pressedGround: flat ? Tokens.groundDeep : onWhite ? Tokens.accentPressed : Tokens.accentBrightPressed
    property color ink: flat ? Tokens.pale : onWhite ? Tokens.accentInk : Tokens.accentBrightInk

    // What it would like, whatever width it is given: letters in their full size.
    readonly property real pictured: icon.name === "" ? 0 : Math.max(Tokens.iconSmall, size * 1.1)
    readonly property real liked: pictured + (text !== "" ? natural.width : 0) + (pictured && text !== "" ? Tokens.gap / 2 : 0)

    readonly property bool ringed: visualFocus || activeFocus && Tokens.byKeys

    implicitWidth: Math.max(Tokens.target * 1.6, Math.ceil(liked) + 2 * Tokens.gap)
    implicitHeight: Tokens.target
    padding: Tokens.gap / 2
    focusPolicy: Qt.StrongFocus
    scale: down ? 0.97 : 1
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: click()
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    Behavior on scale { NumberAnimation { duration: Tokens.quick; easing.type: Easing.OutQuad } }

    background: Rectangle {
        radius: Math.min(Tokens.radius * 0.75, height / 2)
        color: button.down ? button.pressedGround : button.ground
        opacity: button.enabled ? 1 : 0.35
        border.width: Tokens.highContrast ? Tokens.border : 0
        border.color: button.onWhite ? Tokens.ink : Tokens.pale
        FocusRing { visible: button.ringed; of: parent.radius }
    }

    TextMetrics {
        id: natural
        font.family: Tokens.family
        font.pixelSize: button.size
        font.bold: !button.flat
        text: button.text
    }

    contentItem: Item {
        opacity: button.enabled ? 1 : 0.6
        Row {
            id: content
            anchors.centerIn: parent
            spacing: Tokens.gap / 2
            Icon {
                id: sign
                visible: button.icon.name !== ""
                name: button.icon.name
                size: button.pictured
                colour: button.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                id: words
                // Room is taken from the letters before it is taken from a neighbour.
                readonly property real most: button.width - 2 * button.padding
                    - (button.pictured ? button.pictured + Tokens.gap / 2 : 0)
                visible: text !== ""
                text: button.text
                color: button.ink
                font.family: Tokens.family
                font.pixelSize: natural.width > most && most > 0
                    ? Math.max(Tokens.smallest, Math.floor(button.size * most / natural.width * 0.98)) : button.size
                font.bold: !button.flat
                textFormat: Text.PlainText
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
        }
    }
}

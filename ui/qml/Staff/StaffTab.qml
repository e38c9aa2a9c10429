// One page to go to: its picture and name, and how many wait there.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.AbstractButton {
    id: tab

    property string picture
    property string badge
    property bool current: false
    property bool stacked: false

    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: badge === "" ? text : text + " " + badge
    Accessible.checked: current
    Accessible.onPressAction: click()
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        radius: Tokens.radius * 0.5
        color: tab.current ? Tokens.surface : tab.down ? Tokens.accentPressed : "transparent"
        FocusRing { visible: tab.visualFocus; of: parent.radius }
    }
    contentItem: Item {
        readonly property color ink: tab.current ? Tokens.accent : Tokens.pale
        id: face
        Icon {
            id: sign
            name: tab.picture
            colour: face.ink
            size: tab.stacked ? Tokens.iconSmall * 0.85 : Tokens.iconSmall
            x: tab.stacked ? (face.width - width) / 2 : Tokens.gap / 2
            y: (face.height - height - (tab.stacked ? word.height : 0)) / 2
        }
        Text {
            textFormat: Text.PlainText
            id: word
            x: tab.stacked ? 0 : sign.x + sign.width + Tokens.gap / 2
            y: tab.stacked ? sign.y + sign.height : (face.height - height) / 2
            width: face.width - x - (tab.stacked || number.text === "" ? 0 : pill.width + Tokens.gap / 3)
            text: tab.text
            color: face.ink
            font.family: Tokens.family
            font.pixelSize: Tokens.dense * (tab.stacked ? 0.66 : 0.8)
            font.bold: tab.current
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Tokens.dense * 0.5
            horizontalAlignment: tab.stacked ? Text.AlignHCenter : Text.AlignLeft
            Accessible.ignored: true
        }
        Rectangle {
            id: pill
            visible: number.text !== ""
            x: tab.stacked ? Math.min(face.width - width, sign.x + sign.width * 0.7) : face.width - width - Tokens.gap / 3
            y: tab.stacked ? Math.max(0, sign.y - height * 0.3) : (face.height - height) / 2
            width: Math.max(height, number.implicitWidth + Tokens.gap / 2)
            height: number.implicitHeight + Tokens.gap / 6
            radius: height / 2
            color: Tokens.refused
            border.width: Tokens.border / 2
            border.color: Tokens.pale
            Text {
                textFormat: Text.PlainText
                id: number
                anchors.centerIn: parent
                text: tab.badge
                color: Tokens.pale
                font.family: Tokens.family
                font.pixelSize: Tokens.dense * 0.55
                font.bold: true
                Accessible.ignored: true
            }
        }
    }
}

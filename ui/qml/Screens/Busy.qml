// Something is going on; after two seconds the sentence says what is waited for.
import QtQuick
import Onecard

Item {
    id: busy

    property var view: ({})
    property var kiosk

    Panel {
        anchors.centerIn: parent
        width: Math.min(parent.width, Tokens.picture * 6)
        height: Math.min(parent.height, Tokens.picture * 3.4)

        Column {
            anchors { fill: parent; margins: Tokens.gap * 1.5 }
            spacing: parent.height * 0.04
            Item {
                width: parent.width
                height: parent.height * 0.46
                Presenting {
                    id: reading
                    visible: busy.view.picture === "card"
                    anchors.fill: parent
                    NumberAnimation on near { from: 0; to: 1; duration: Tokens.calm; easing.type: Easing.OutQuad }
                }
                Rectangle {
                    visible: !reading.visible
                    anchors.centerIn: parent
                    height: parent.height
                    width: height
                    radius: height / 2
                    color: Tokens.surfaceSoft
                    border.width: Tokens.highContrast ? Tokens.border : 0
                    border.color: Tokens.ink
                    Icon {
                        anchors.centerIn: parent
                        name: busy.view.picture ?? ""
                        colour: Tokens.accent
                        size: parent.height * 0.56
                    }
                }
            }
            Sentence {
                width: parent.width
                room: parent.height * 0.24
                text: busy.view.title ?? ""
                size: Tokens.headline
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
            ProgressLine { width: parent.width }
            Sentence {
                width: parent.width
                room: parent.height * 0.16
                text: busy.view.detail ?? ""
                color: Tokens.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}

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
        height: Math.min(parent.height, Tokens.picture * 3.2)

        Column {
            anchors { fill: parent; margins: Tokens.gap * 1.5 }
            spacing: Tokens.gap
            Icon {
                name: busy.view.picture ?? ""
                colour: Tokens.accent
                size: Math.min(Tokens.picture, parent.height * 0.36)
                anchors.horizontalCenter: parent.horizontalCenter
            }
            Sentence {
                width: parent.width
                room: parent.height * 0.3
                text: busy.view.title ?? ""
                size: Tokens.headline
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
            ProgressLine { width: parent.width }
            Sentence {
                width: parent.width
                room: parent.height * 0.2
                text: busy.view.detail ?? ""
                color: Tokens.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}

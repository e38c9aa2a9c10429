// What to do with a card or a phone, drawn: the card slides into the reader, the phone comes to the window.
// ``near`` goes from 0, still in the hand, to 1, where it belongs.
import QtQuick

Item {
    id: presenting

    property string thing: "card"
    property real near: 0

    readonly property bool card: thing === "card"
    readonly property real unit: Math.min(width / 150, height / 118)

    Accessible.ignored: true

    Item {
        id: scene
        anchors.centerIn: parent
        width: 150 * presenting.unit
        height: 118 * presenting.unit

        Rectangle {
            id: back
            visible: presenting.card
            anchors.horizontalCenter: parent.horizontalCenter
            y: 80 * presenting.unit
            width: 104 * presenting.unit
            height: 12 * presenting.unit
            radius: 4 * presenting.unit
            color: Tokens.pictureDark
        }
        Rectangle {
            // The window's light, once the phone is there
            visible: !presenting.card && !Tokens.highContrast
            anchors { horizontalCenter: parent.horizontalCenter; bottom: device.top; bottomMargin: -6 * presenting.unit }
            width: 62 * presenting.unit
            height: 40 * presenting.unit
            opacity: 0.25 + 0.75 * presenting.near
            gradient: Gradient {
                GradientStop { position: 0; color: Qt.alpha(Tokens.pictureGlow, 0) }
                GradientStop { position: 1; color: Qt.alpha(Tokens.pictureGlow, 0.75) }
            }
        }
        CardPicture {
            visible: presenting.card
            anchors.horizontalCenter: parent.horizontalCenter
            width: 92 * presenting.unit
            height: implicitHeight
            y: (4 + 44 * presenting.near) * presenting.unit
        }
        PhonePicture {
            visible: !presenting.card
            anchors.horizontalCenter: parent.horizontalCenter
            width: 43 * presenting.unit
            height: implicitHeight
            y: (0 + 9 * presenting.near) * presenting.unit
        }
        Rectangle {
            id: device
            anchors.horizontalCenter: parent.horizontalCenter
            y: (presenting.card ? 86 : 98) * presenting.unit
            width: 126 * presenting.unit
            height: (presenting.card ? 30 : 20) * presenting.unit
            radius: 7 * presenting.unit
            color: Tokens.pictureBody
            border.width: Tokens.highContrast ? 3 * presenting.unit : 0
            border.color: Tokens.pictureLight
            Rectangle {
                // The reader's lamp, or the window's pane
                anchors.horizontalCenter: parent.horizontalCenter
                y: (presenting.card ? 13 : 5) * presenting.unit
                width: (presenting.card ? 26 : 66) * presenting.unit
                height: (presenting.card ? 4 : 8) * presenting.unit
                radius: height / 2
                color: Tokens.highContrast || presenting.near < 0.9 && presenting.card ? Tokens.pictureLight : Tokens.pictureGlow
            }
        }
    }
}

// The screen is being wiped: nothing can be pressed until the seconds are over.
import QtQuick
import Onecard

Rectangle {
    id: cleaning

    property var house: null

    color: Tokens.surfaceSoft

    Column {
        anchors { verticalCenter: parent.verticalCenter; left: parent.left; right: parent.right; margins: 2 * Tokens.margin }
        spacing: Tokens.gap
        Icon {
            name: "clean"
            colour: Tokens.accent
            size: Math.min(Tokens.picture, cleaning.height * 0.24)
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Sentence {
            width: parent.width
            room: cleaning.height * 0.24
            text: qsTrId("ui.cleaning")
            size: Tokens.headline
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.AlertMessage
        }
        Text {
            textFormat: Text.PlainText
            objectName: "secondsLeft"
            width: parent.width
            text: cleaning.house?.cleaningSeconds ?? ""
            color: Tokens.accent
            font { family: Tokens.family; pixelSize: Tokens.largest * (Tokens.small ? 1 : 1.5); bold: true }
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Sentence {
            width: parent.width
            room: Tokens.body * 2.6
            text: qsTrId("ui.cleaning_seconds")
            color: Tokens.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }
}

// At night: less light while nobody is there, and after a while the dark with a hint that wanders. Lies over
// everything and takes no touch: whoever touches is let through, or wakes the screen, by the window's guard.
import QtQuick
import Onecard

Item {
    id: night

    required property var house
    required property string time

    Rectangle {
        objectName: "shade"
        anchors.fill: parent
        color: Tokens.night
        opacity: night.house?.resting === true ? 1 : (night.house?.shade ?? 0)
        visible: opacity > 0
        Behavior on opacity { NumberAnimation { duration: Tokens.calm } }
    }

    Column {
        id: hint
        objectName: "restingHint"
        visible: night.house?.resting === true
        width: Math.min(night.width * 0.7, Tokens.picture * 5)
        spacing: Tokens.gap
        // One place a minute, no two of them near each other.
        x: Tokens.margin + ((night.house?.step ?? 0) * 0.618 % 1) * Math.max(0, night.width - width - 2 * Tokens.margin)
        y: Tokens.margin + ((night.house?.step ?? 0) * 0.382 % 1) * Math.max(0, night.height - height - 2 * Tokens.margin)

        Text {
            textFormat: Text.PlainText
            width: parent.width
            text: night.time
            color: Tokens.nightInk
            font { family: Tokens.family; pixelSize: Tokens.largest }
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Row {
            spacing: Tokens.gap * 2
            anchors.horizontalCenter: parent.horizontalCenter
            Icon { name: "card"; colour: Tokens.nightInk }
            Icon { name: "phone"; colour: Tokens.nightInk }
        }
        Sentence {
            width: parent.width
            room: size * 2.6
            text: qsTrId("ui.resting")
            color: Tokens.nightInk
            horizontalAlignment: Text.AlignHCenter
        }
    }
}

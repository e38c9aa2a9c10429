// Quiet signs above every screen: where this is, what time it is, whether the centre is reached.
import QtQuick
import Onecard

Item {
    id: signs

    required property var frame
    required property string time
    required property string person

    implicitHeight: Math.max(place.height, right.height)

    Column {
        id: place
        width: parent.width - right.width - Tokens.gap
        Sentence {
            width: parent.width
            text: signs.frame.counter_name ?? ""
            size: Tokens.label
            color: Tokens.pale
            font.bold: true
            room: size * 1.4
        }
        Sentence {
            width: parent.width
            visible: signs.frame.demonstration === true
            text: qsTrId("ui.demonstration")
            size: Tokens.label * 0.7
            color: Tokens.paleSoft
            room: size * 1.4
        }
    }

    Row {
        id: right
        anchors.right: parent.right
        spacing: Tokens.gap
        Row {
            visible: signs.person !== ""
            spacing: Tokens.gap / 3
            Icon { name: "person"; size: Tokens.label; colour: Tokens.pale }
            Sign {
                text: signs.person
                font.bold: true
                width: Math.min(implicitWidth, signs.width * 0.26)
                elide: Text.ElideRight
            }
        }
        Row {
            spacing: Tokens.gap / 3
            Icon {
                name: signs.frame.online === false ? "offline" : "online"
                size: Tokens.label
                colour: signs.frame.online === false ? Tokens.focus : Tokens.paleSoft
            }
            Sign {
                text: signs.frame.online === false ? qsTrId("ui.offline") : qsTrId("ui.online")
                color: signs.frame.online === false ? Tokens.focus : Tokens.paleSoft
            }
        }
        Sign { text: signs.time }
    }

    component Sign: Text {
        color: Tokens.paleSoft
        font.family: Tokens.family
        font.pixelSize: Tokens.label
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}

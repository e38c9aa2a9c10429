// Quiet signs above every screen: where this is, who is here, whether the centre is reached, what time it is.
import QtQuick
import Onecard

Item {
    id: signs

    required property var frame
    required property string time
    required property string person
    property bool silent: false

    implicitHeight: Math.max(place.height, right.height)

    Row {
        id: place
        width: parent.width - right.width - Tokens.gap
        spacing: Tokens.gap / 2
        Rectangle {
            id: emblem
            anchors.verticalCenter: parent.verticalCenter
            width: Tokens.quiet * 1.7
            height: width
            radius: width * 0.28
            color: Tokens.accentBright
            Icon {
                anchors.centerIn: parent
                name: "card"
                size: parent.width * 0.7
                colour: Tokens.accentBrightInk
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - emblem.width - parent.spacing
            Sentence {
                width: parent.width
                text: signs.frame.counter_name ?? ""
                size: Tokens.quiet
                color: Tokens.pale
                font.bold: true
                room: size * 1.4
            }
            Sentence {
                width: parent.width
                objectName: "clerk"
                readonly property string clerk: signs.frame.clerk ?? ""
                visible: clerk !== "" || signs.frame.demonstration === true
                text: clerk !== "" ? clerk : qsTrId("ui.demonstration")
                size: Tokens.quiet * 0.8
                least: 0.8
                color: Tokens.paleSoft
                maximumLineCount: 1
                elide: Text.ElideRight
            }
        }
    }

    Row {
        id: right
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        spacing: Tokens.gap
        Rectangle {
            visible: signs.person !== ""
            anchors.verticalCenter: parent.verticalCenter
            width: who.width + Tokens.gap * 1.4
            height: Tokens.quiet * 1.7
            radius: height / 2
            color: Tokens.groundRaised
            Row {
                id: who
                anchors.centerIn: parent
                spacing: Tokens.gap / 3
                Icon { name: "person"; size: Tokens.quiet; colour: Tokens.pale; anchors.verticalCenter: parent.verticalCenter }
                Sign {
                    text: signs.person
                    color: Tokens.pale
                    font.bold: true
                    width: Math.min(implicitWidth, signs.width * (Tokens.tall ? 0.24 : 0.26))
                    elide: Text.ElideRight
                }
                Icon {
                    visible: signs.frame.proved === true
                    name: "shield"
                    size: Tokens.quiet
                    colour: Tokens.pale
                    anchors.verticalCenter: parent.verticalCenter
                }
                Sign {
                    objectName: "trust"
                    visible: text !== "" && !Tokens.compact && !Tokens.tall
                    text: signs.frame.trust ?? ""
                    color: Tokens.pale
                }
            }
        }
        Row {
            objectName: "noVoice"
            visible: signs.silent
            anchors.verticalCenter: parent.verticalCenter
            spacing: Tokens.gap / 3
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTrId("ui.no_voice")
            Icon {
                name: "speaker_off"
                size: Tokens.quiet * 1.1
                colour: Tokens.paleSoft
                anchors.verticalCenter: parent.verticalCenter
            }
            Sign {
                visible: !Tokens.small && !Tokens.tall
                text: qsTrId("ui.no_voice")
                Accessible.ignored: true
            }
        }
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Tokens.gap / 3
            Icon {
                name: signs.frame.online === false ? "offline" : "online"
                size: Tokens.quiet * 1.1
                colour: signs.frame.online === false ? Tokens.focus : Tokens.paleSoft
                anchors.verticalCenter: parent.verticalCenter
            }
            Sign {
                text: signs.frame.online === false ? qsTrId("ui.offline") : qsTrId("ui.online")
                color: signs.frame.online === false ? Tokens.focus : Tokens.paleSoft
            }
        }
        Sign { text: signs.time; color: Tokens.pale; anchors.verticalCenter: parent.verticalCenter }
    }

    component Sign: Text {
        color: Tokens.paleSoft
        font.family: Tokens.family
        font.pixelSize: Tokens.quiet
        textFormat: Text.PlainText
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}

// Things to present to a demonstration's counter, by click.
import QtQuick
import QtQuick.Window
import Onecard

Window {
    id: window

    required property var tray
    property string showing: "online"

    width: 460
    height: 860
    visible: true
    title: qsTrId("tray.title")
    color: Tokens.surfaceSoft

    Flickable {
        anchors { fill: parent; bottomMargin: away.height }
        contentHeight: column.height + 32
        clip: true

        Column {
            id: column
            x: 16
            y: 16
            width: parent.width - 32
            spacing: 8

            Heading { text: qsTrId("tray.blanks") + " · " + qsTrId("tray.papers") }
            Grid {
                columns: 2
                spacing: 8
                Repeater {
                    model: [
                        { id: "blank", label: qsTrId("tray.blank") },
                        { id: "new-card", label: qsTrId("tray.new_card") }
                    ]
                    Thing {
                        required property var modelData
                        objectName: modelData.id
                        width: (column.width - 8) / 2
                        icon: "card"
                        label: modelData.label
                        onClicked: window.tray.presentCard(modelData.id)
                    }
                }
                Repeater {
                    model: window.tray.papers
                    Thing {
                        required property string modelData
                        objectName: modelData
                        width: (column.width - 8) / 2
                        icon: "form"
                        label: qsTrId("tray.paper." + modelData)
                        onClicked: window.tray.presentPaper(modelData)
                    }
                }
            }
            Heading { text: qsTrId("tray.cards") + " · " + qsTrId("tray.phones") }
            Row {
                spacing: 8
                Repeater {
                    model: [
                        { id: "online", label: qsTrId("tray.shows_online") },
                        { id: "signed", label: qsTrId("tray.shows_signed") },
                        { id: "ride", label: qsTrId("tray.shows_ride") },
                        { id: "scan", label: qsTrId("tray.scans_screen") }
                    ]
                    Thing {
                        required property var modelData
                        width: (column.width - 24) / 4
                        icon: "phone"
                        label: modelData.label
                        opacity: window.showing === modelData.id ? 1 : 0.55
                        onClicked: window.showing = modelData.id
                    }
                }
            }
            Repeater {
                model: window.tray.people
                Item {
                    id: person
                    required property var modelData
                    width: column.width
                    height: 44
                    Text {
                        textFormat: Text.PlainText
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - 216
                        text: person.modelData.name
                        elide: Text.ElideRight
                        color: Tokens.ink
                        font { family: Tokens.family; pixelSize: 18; bold: window.tray.card === person.modelData.id }
                    }
                    Thing {
                        x: parent.width - 208
                        width: 100
                        icon: "card"
                        label: qsTrId("tray.cards")
                        onClicked: window.tray.presentCard(person.modelData.id)
                    }
                    Thing {
                        x: parent.width - 100
                        width: 100
                        icon: "phone"
                        label: qsTrId("tray.phones")
                        onClicked: window.tray.presentPhone(person.modelData.id, window.showing)
                    }
                }
            }
            Heading { text: qsTrId("tray.staff") }
            Repeater {
                model: window.tray.staff
                Text {
                    required property var modelData
                    textFormat: Text.PlainText
                    text: qsTrId("tray.member").replace("{number}", modelData.number)
                        .replace("{name}", modelData.name).replace("{pin}", modelData.pin)
                    color: Tokens.ink
                    font { family: Tokens.family; pixelSize: 18 }
                }
            }
            Heading { text: qsTrId("tray.books") }
            Grid {
                columns: 2
                spacing: 8
                Repeater {
                    model: window.tray.books
                    Thing {
                        required property var modelData
                        width: (column.width - 8) / 2
                        icon: "book"
                        label: modelData.name
                        onClicked: window.tray.presentBook(modelData.id)
                    }
                }
            }
        }
    }

    Thing {
        id: away
        anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: 16 }
        icon: "take"
        label: qsTrId("tray.take_away")
        onClicked: window.tray.takeAway()
    }

    component Heading: Text {
        textFormat: Text.PlainText
        color: Tokens.inkSoft
        font { family: Tokens.family; pixelSize: 18; bold: true }
        topPadding: 8
    }

    component Thing: Rectangle {
        id: thing
        property string icon
        property string label
        signal clicked()
        height: 44
        radius: 10
        color: area.pressed ? Tokens.accentPressed : Tokens.accent
        Accessible.role: Accessible.Button
        Accessible.name: label
        Row {
            anchors.centerIn: parent
            spacing: 6
            Icon { name: thing.icon; size: 22; colour: Tokens.accentInk }
            Text {
                textFormat: Text.PlainText
                text: thing.label
                color: Tokens.accentInk
                font { family: Tokens.family; pixelSize: 17 }
            }
        }
        MouseArea { id: area; anchors.fill: parent; onClicked: thing.clicked() }
    }
}

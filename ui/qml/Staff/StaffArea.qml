// The pages behind the counter, over everything the public sees: a heading, the pages to go to, one page.
import QtQuick
import Onecard

FocusScope {
    id: area

    required property var staff
    property bool shut: false

    readonly property var frame: staff.frame
    readonly property var page: staff.page
    readonly property bool railed: !Tokens.tall && !Tokens.small
    readonly property bool signedIn: (frame.member ?? "") !== ""
    readonly property bool leads: ["item", "reason", "correct", "copy"].indexOf(page.kind) >= 0

    focus: true
    Component.onCompleted: forceActiveFocus()
    Keys.onEscapePressed: leads ? staff.back() : signedIn ? undefined : staff.leave()

    Rectangle {
        anchors.fill: parent
        color: Tokens.surfaceSoft
        MouseArea { anchors.fill: parent }
    }

    Rectangle {
        id: heading
        width: parent.width
        height: Tokens.label * 2
        color: Tokens.groundDeep
        Row {
            anchors { left: parent.left; leftMargin: Tokens.gap; verticalCenter: parent.verticalCenter }
            spacing: Tokens.gap / 2
            Icon { name: "staff"; size: Tokens.label * 1.1; colour: Tokens.pale; anchors.verticalCenter: parent.verticalCenter }
            Heading {
                text: area.signedIn ? area.frame.member : qsTrId("staff.sign_in")
                font.bold: true
                width: Math.min(implicitWidth, heading.width * 0.5)
                elide: Text.ElideRight
            }
        }
        Row {
            anchors { right: parent.right; rightMargin: Tokens.gap; verticalCenter: parent.verticalCenter }
            spacing: Tokens.gap
            Heading {
                objectName: "leaving"
                visible: (area.frame.leaving_s ?? 0) > 0
                text: qsTrId("staff.leaving").replace("{seconds}", area.frame.leaving_s)
                color: Tokens.focus
                font.bold: true
                Accessible.role: Accessible.AlertMessage
            }
            Heading { text: area.frame.terminal ?? ""; visible: !Tokens.small || area.frame.leaving_s === 0 }
        }
    }

    Rectangle {
        id: rail
        x: 0
        y: area.railed ? heading.height : area.height - height
        width: area.railed ? Tokens.target * 2.3 : area.width
        height: area.railed ? area.height - heading.height : Tokens.target + Tokens.gap
        color: Tokens.ground

        Flow {
            id: tabs
            flow: area.railed ? Flow.TopToBottom : Flow.LeftToRight
            x: Tokens.gap / 2
            y: Tokens.gap / 2
            width: rail.width - (area.railed ? Tokens.gap : out.width + Tokens.gap * 1.5)
            height: rail.height - (area.railed ? out.height + Tokens.gap * 1.5 : Tokens.gap)
            spacing: Tokens.gap / 3
            readonly property int count: Math.max(1, (area.frame.tabs ?? []).length)
            Repeater {
                model: area.frame.tabs ?? []
                StaffTab {
                    required property var modelData
                    objectName: "tab-" + modelData.id
                    width: area.railed ? tabs.width : Math.min(Tokens.target * 2.2, (tabs.width - (tabs.count - 1) * tabs.spacing) / tabs.count)
                    height: Tokens.target
                    stacked: !area.railed
                    picture: modelData.picture
                    text: modelData.label
                    badge: modelData.badge
                    current: area.frame.current === modelData.id
                    onClicked: area.staff.go(modelData.id)
                }
            }
        }
        StaffTab {
            id: out
            objectName: "signOut"
            x: rail.width - width - Tokens.gap / 2
            y: rail.height - height - Tokens.gap / 2
            width: area.railed ? rail.width - Tokens.gap : area.signedIn ? Math.min(Tokens.target * 1.8, rail.width * 0.16) : Tokens.target * 3
            height: Tokens.target
            stacked: !area.railed && area.signedIn
            picture: area.signedIn ? "leave" : "back"
            text: area.signedIn ? qsTrId("staff.sign_out") : qsTrId("staff.close")
            onClicked: area.staff.leave()
        }
    }

    Loader {
        id: sheet
        objectName: "staffPage"
        focus: true
        x: (area.railed ? rail.width : 0) + margin
        y: heading.height + margin
        width: area.width - x - margin
        height: (area.railed ? area.height : rail.y) - y - margin
        readonly property real margin: Tokens.small ? Tokens.gap * 0.7 : Tokens.gap
        readonly property string kind: area.page.kind ?? "sign_in"
        source: ({
            "sign_in": "SignIn", "inbox": "Items", "today": "Items", "item": "Item", "reason": "Reason",
            "correct": "Reason", "copy": "Copy"
        })[kind] + ".qml"
        onLoaded: { item.forceActiveFocus(); appearing.restart(); }
        NumberAnimation { id: appearing; target: sheet; property: "opacity"; from: 0; to: 1; duration: Tokens.quick }
    }
    Binding { target: sheet.item; property: "page"; value: area.page; when: sheet.status === Loader.Ready }
    Binding { target: sheet.item; property: "staff"; value: area.staff; when: sheet.status === Loader.Ready }

    Panel {
        id: message
        objectName: "staffMessage"
        visible: text !== "" && area.page.kind !== "sign_in"
        readonly property string text: area.frame.message ?? ""
        anchors { horizontalCenter: sheet.horizontalCenter; bottom: sheet.bottom; bottomMargin: Tokens.gap / 2 }
        width: Math.min(sheet.width - Tokens.gap, Tokens.picture * 4)
        height: said.height + Tokens.gap
        border.width: Tokens.border
        border.color: Tokens.tone(area.frame.tone)
        Sentence {
            id: said
            anchors.centerIn: parent
            width: parent.width - Tokens.gap
            room: Tokens.label * 2.6
            text: message.text
            size: Tokens.label * 0.8
            color: Tokens.tone(area.frame.tone)
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.AlertMessage
        }
    }

    component Heading: Text {
        color: Tokens.pale
        font.family: Tokens.family
        font.pixelSize: Tokens.label * 0.85
        textFormat: Text.PlainText
        anchors.verticalCenter: parent.verticalCenter
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}

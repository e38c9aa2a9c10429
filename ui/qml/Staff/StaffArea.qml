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
    // On a small screen keys take the room of the pages to go to.
    readonly property bool away: Tokens.small && sheet.item !== null && sheet.item.typing === true
    readonly property bool leads: ["item", "reason", "correct", "copy"].indexOf(page.kind) >= 0

    focus: true
    Component.onCompleted: forceActiveFocus()
    Keys.onEscapePressed: leads ? staff.back() : signedIn ? undefined : staff.leave()

    Rectangle {
        anchors.fill: parent
        color: Tokens.surfaceSoft
        MouseArea { anchors.fill: parent }
    }

    // On a tall screen the top quarter is out of reach of many: nothing to touch stands there.
    Rectangle {
        id: heading
        width: parent.width
        height: Tokens.tall ? area.height * 0.25 : Tokens.dense * 2
        color: Tokens.groundDeep

        Row {
            id: who
            x: Tokens.gap
            y: Tokens.tall ? Tokens.gap : (heading.height - height) / 2
            spacing: Tokens.gap / 2
            Icon { name: "staff"; size: Tokens.dense * 1.1; colour: Tokens.pale; anchors.verticalCenter: parent.verticalCenter }
            Heading {
                text: area.signedIn ? area.frame.member : qsTrId("staff.sign_in")
                font.bold: true
                width: Math.min(implicitWidth, heading.width * (Tokens.tall ? 0.6 : 0.3))
                elide: Text.ElideRight
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        Heading {
            objectName: "terminal"
            anchors { right: parent.right; rightMargin: Tokens.gap; verticalCenter: who.verticalCenter }
            id: terminal
            text: area.frame.terminal ?? ""
        }
        Heading {
            objectName: "leaving"
            visible: (area.frame.leaving_s ?? 0) > 0
            anchors { right: parent.right; rightMargin: Tokens.gap + (Tokens.tall ? 0 : terminal.width + Tokens.gap); verticalCenter: Tokens.tall ? note.verticalCenter : who.verticalCenter }
            id: leaving
            text: qsTrId("staff.leaving").replace("{seconds}", area.frame.leaving_s)
            color: Tokens.focus
            font.bold: true
            Accessible.role: Accessible.AlertMessage
        }
        Rectangle {
            id: note
            objectName: "staffMessage"
            readonly property string text: area.frame.message ?? ""
            visible: text !== "" && area.page.kind !== "sign_in"
            x: Tokens.tall ? Tokens.gap : who.x + who.width + Tokens.gap
            y: Tokens.tall ? who.y + who.height + Tokens.gap : (heading.height - height) / 2
            width: (Tokens.tall ? heading.width : terminal.x) - x - Tokens.gap - (leaving.visible ? leaving.width + Tokens.gap : 0)
            height: Tokens.dense * (Tokens.tall ? 2.4 : 1.6)
            radius: Tokens.radius / 2
            color: Tokens.surface
            Sentence {
                anchors { verticalCenter: parent.verticalCenter; left: parent.left; right: parent.right; margins: Tokens.gap / 2 }
                room: parent.height
                text: note.text
                size: Tokens.dense * 0.75
                color: Tokens.tone(area.frame.tone)
                font.bold: true
                maximumLineCount: Tokens.tall ? 2 : 1
                elide: Text.ElideRight
                Accessible.role: Accessible.AlertMessage
            }
        }
    }

    Rectangle {
        id: rail
        x: 0
        y: area.railed ? heading.height : area.height - height
        visible: !area.away
        width: area.railed ? Tokens.target * 2.5 : area.width
        height: area.railed ? area.height - heading.height : area.away ? 0 : Tokens.target + Tokens.gap
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
        Accessible.role: Accessible.Pane
        Accessible.name: area.page.title ?? ""
        focus: true
        x: (area.railed ? rail.width : 0) + margin
        y: heading.height + margin
        width: area.width - x - margin
        height: (area.railed ? area.height : rail.y) - y - margin
        readonly property real margin: Tokens.small ? Tokens.gap * 0.7 : Tokens.gap
        readonly property string kind: area.page.kind ?? "sign_in"
        source: ({
            "sign_in": "SignIn", "inbox": "Items", "today": "Items", "item": "Item", "reason": "Reason",
            "correct": "Reason", "copy": "Copy", "checks": "Checks", "camera": "Camera", "journal": "Journal",
            "day": "LastDay", "house": "Items", "record": "Items", "inspection": "Inspection",
            "machine": "Machine"
        })[kind] + ".qml"
        onLoaded: { item.forceActiveFocus(); appearing.restart(); }
        NumberAnimation { id: appearing; target: sheet; property: "opacity"; from: 0; to: 1; duration: Tokens.quick }
    }
    Binding { target: sheet.item; property: "page"; value: area.page; when: sheet.status === Loader.Ready }
    Binding { target: sheet.item; property: "staff"; value: area.staff; when: sheet.status === Loader.Ready }

    component Heading: Text {
        color: Tokens.pale
        font.family: Tokens.family
        font.pixelSize: Tokens.dense * 0.85
        textFormat: Text.PlainText
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}

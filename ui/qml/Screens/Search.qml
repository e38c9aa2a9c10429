// Finding a service by a few letters: what is typed, what fits it so far, and the keys. What fits is there at
// once, with every letter; nothing has to be accepted first.
import QtQuick
import OnecardStyle
import Onecard

FocusScope {
    id: search

    property var view: ({})
    property var kiosk

    readonly property var options: view.options ?? []
    readonly property int longest: view.longest ?? 12
    // On a fine panel a word needs the width of a card to stand in one line, and the rest has a page of its own.
    readonly property int shown: Tokens.close ? 2 : Tokens.tall ? 6 : Tokens.small || Tokens.middling && Tokens.easy ? 3 : 4
    readonly property int across: Tokens.tall ? (Tokens.close ? 1 : 2) : shown
    readonly property int down: Math.ceil(shown / across)
    readonly property int pages: Math.max(1, Math.ceil(options.length / shown))
    property int page: 0
    readonly property string fragment: view.value ?? ""
    readonly property int first: page % pages * shown

    focus: true
    onFragmentChanged: page = 0
    onViewChanged: if (field.text !== (view.value ?? "")) field.text = view.value ?? ""
    Component.onCompleted: field.forceActiveFocus()

    function say(typed) { if (typed.length <= longest) kiosk.typed(typed); }

    Row {
        id: top
        y: Tokens.tall ? Math.max(0, Tokens.height * 0.26 - search.y - (search.parent ? search.parent.y : 0)) : 0
        width: parent.width
        height: Tokens.close ? Tokens.least : Math.ceil(Tokens.target * (Tokens.small || Tokens.middling ? 1 : 1.3))
        spacing: Tokens.apart
        Rectangle {
            id: badge
            visible: !Tokens.small && !Tokens.close
            width: height
            height: parent.height
            radius: height / 2
            color: Tokens.groundRaised
            border.width: Tokens.highContrast ? Tokens.border : 0
            border.color: Tokens.pale
            Icon { anchors.centerIn: parent; name: "search"; size: parent.width * 0.56; colour: Tokens.pale }
        }
        TextField {
            id: field
            objectName: "typed"
            width: parent.width - back.width - parent.spacing - (more.visible ? more.width + parent.spacing : 0) - (badge.visible ? badge.width + parent.spacing : 0)
            height: parent.height
            size: Math.min(Tokens.small ? Tokens.label : Tokens.headline, height * 0.55)
            maximumLength: search.longest
            focus: true
            inputMethodHints: Qt.ImhLatinOnly
            onTextEdited: if (!inputMethodComposing) search.say(text.toUpperCase())
            Accessible.name: search.view.title ?? ""
            Accessible.description: search.view.detail ?? ""
        }
        BigButton {
            id: more
            objectName: "more"
            visible: Tokens.close && search.pages > 1
            width: Math.max(implicitWidth, Tokens.target * 2)
            height: parent.height
            quiet: true
            text: qsTrId("ui.keys.more")
            onClicked: search.page = (search.page + 1) % search.pages
        }
        BigButton {
            id: back
            objectName: "offer.back"
            width: Math.max(implicitWidth, Tokens.target * 2)
            height: parent.height
            quiet: true
            picture: "back"
            text: qsTrId("visit.back")
            onClicked: search.kiosk.choose("offer.back")
        }
    }

    Item {
        id: fits
        anchors { left: parent.left; right: parent.right; top: top.bottom; bottom: keys.top }
        anchors.topMargin: Tokens.apart
        anchors.bottomMargin: Tokens.apart

        Sentence {
            visible: search.options.length === 0
            anchors.centerIn: parent
            width: parent.width
            room: parent.height
            text: search.view.detail ?? ""
            size: Tokens.body
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        Grid {
            columns: search.across
            spacing: Tokens.apart
            Repeater {
                model: search.options.slice(search.first, search.first + search.shown)
                OptionCard {
                    required property var modelData
                    objectName: modelData.id
                    width: (fits.width - (search.across - 1) * Tokens.apart) / search.across
                    height: Tokens.tall ? Math.min((fits.height - (search.down - 1) * Tokens.apart) / search.down, Tokens.picture * 0.9) : fits.height
                    text: modelData.label
                    size: Tokens.label * (Tokens.small ? 0.7 : Tokens.tall ? 1 : Tokens.easy ? 0.65 : 0.85)
                    detail: ""
                    picture: modelData.picture
                    onClicked: search.kiosk.choose(modelData.id)
                }
            }
        }
    }

    TextKeys {
        id: keys
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        withDigits: false
        // What is found keeps a height that a finger hits
        readonly property real left_: search.height - top.y - top.height - 2 * Tokens.apart - Math.ceil(Tokens.target * (Tokens.small ? 1 : Tokens.close ? (Tokens.tall ? 2.4 : 1) : Tokens.tall ? 3.6 : Tokens.easy ? 2.2 : 1.9))
        // … and so do the keys, before it has more
        readonly property real needed: Tokens.small ? 0 : rows.length * Tokens.least + (rows.length - 1) * space
        height: Math.max(needed, Math.min(left_, Tokens.target * (wide ? 3.6 : 5)))
        onTyped: key => search.say(field.text + key)
        onErased: search.say(field.text.slice(0, -1))
    }
}

// A service asks for a card or a code: the idle screen's hint, and who is there already.
import QtQuick
import Onecard

Item {
    id: present

    property var view: ({})
    property var kiosk
    readonly property var rows: view.rows ?? []
    readonly property bool about: rows.length > 0
    readonly property bool beside: about && !Tokens.tall

    Idle {
        view: present.view
        kiosk: present.kiosk
        width: present.beside ? parent.width * 0.62 : parent.width
        height: present.about && !present.beside ? parent.height * 0.68 : parent.height
    }
    Panel {
        visible: present.about
        x: present.beside ? parent.width * 0.62 + Tokens.gap : 0
        y: present.beside ? 0 : parent.height * 0.68 + Tokens.gap
        width: parent.width - x
        height: parent.height - y
        RowList {
            anchors { fill: parent; margins: Tokens.gap / 2 }
            rows: present.rows
        }
    }
}

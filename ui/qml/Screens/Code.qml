// A code for a phone to scan: large and quiet, what to do with it beside it, and a sign that it is waited for.
import QtQuick
import Onecard

Item {
    id: code

    property var view: ({})
    property var kiosk

    readonly property bool beside: !Tokens.tall
    readonly property real side: beside ? Math.min(height, width * 0.5) : Math.min(width, height * 0.56)

    Panel {
        id: sheet
        width: code.side
        height: code.side
        x: code.beside ? code.width - width : (code.width - width) / 2
        y: code.beside ? (code.height - height) / 2 : said.y + said.height + Tokens.apart

        Image {
            objectName: "bindingCode"
            anchors { fill: parent; margins: Tokens.gap / 2 }
            source: (code.view.value ?? "") !== "" ? "image://qr/" + encodeURIComponent(code.view.value) : ""
            cache: false
            smooth: false
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: code.view.title ?? ""
        }
    }

    Column {
        id: said
        width: code.beside ? code.width - sheet.width - Tokens.apart : code.width
        y: code.beside ? (code.height - height) / 2 : Tokens.height * 0.04
        spacing: Tokens.gap

        PhonePicture {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Tokens.picture * 0.7
            visible: !Tokens.compact && !Tokens.middling
        }
        Sentence {
            width: parent.width
            room: code.beside ? code.height * 0.42 : Tokens.headline * 2.6
            text: code.view.title ?? ""
            size: Tokens.headline
            font.bold: true
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        Sentence {
            width: parent.width
            room: code.beside ? code.height * 0.34 : Tokens.body * 2.6
            text: code.view.detail ?? ""
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        ProgressLine {
            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width * 0.6
        }
    }
}

// A service asks for a card or a code: the idle screen's hint without its ways on.
import QtQuick

Idle {
}

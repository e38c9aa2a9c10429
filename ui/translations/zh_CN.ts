<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message id="idle.card_only">
        <translation>请放社保卡</translation>
    </message>
    <message id="idle.detail">
        <translation>社保卡和手机上的电子社保卡都可以</translation>
    </message>
    <message id="idle.offline">
        <translation>现在没有联网，电子社保卡暂不能用</translation>
    </message>
    <message id="idle.phone_only">
        <translation>请出示电子社保卡</translation>
    </message>
    <message id="idle.title">
        <translation>请放卡或出示二维码</translation>
    </message>
    <message id="library.accepted.next">
        <translation>联网后自动确认，书可以拿走</translation>
    </message>
    <message id="library.borrow">
        <translation>借书</translation>
    </message>
    <message id="library.borrow.detail">
        <translation>扫描要借的书</translation>
    </message>
    <message id="library.choose">
        <translation>您要办什么？</translation>
    </message>
    <message id="library.choose_with_book">
        <translation>这本书，您要办什么？</translation>
    </message>
    <message id="library.done.borrow.accepted">
        <translation>已受理借书 {count} 本</translation>
    </message>
    <message id="library.done.borrow.confirmed">
        <translation>借好了，共 {count} 本</translation>
    </message>
    <message id="library.done.renew.accepted">
        <translation>已受理续借 {count} 本</translation>
    </message>
    <message id="library.done.renew.confirmed">
        <translation>续好了，共 {count} 本</translation>
    </message>
    <message id="library.done.return.accepted">
        <translation>已受理还书 {count} 本</translation>
    </message>
    <message id="library.done.return.confirmed">
        <translation>还好了，谢谢</translation>
    </message>
    <message id="library.due">
        <translation>{due} 前归还</translation>
    </message>
    <message id="library.limit_reached">
        <translation>可借册数已满</translation>
    </message>
    <message id="library.line.borrow.accepted">
        <translation>{due} 前归还，待确认</translation>
    </message>
    <message id="library.line.borrow.confirmed">
        <translation>{due} 前归还</translation>
    </message>
    <message id="library.line.renew.accepted">
        <translation>{due} 前归还，待确认</translation>
    </message>
    <message id="library.line.renew.confirmed">
        <translation>{due} 前归还</translation>
    </message>
    <message id="library.line.returned.accepted">
        <translation>已收，待确认</translation>
    </message>
    <message id="library.line.returned.confirmed">
        <translation>已还</translation>
    </message>
    <message id="library.line.waiting">
        <translation>正在登记</translation>
    </message>
    <message id="library.name">
        <translation>图书借还</translation>
    </message>
    <message id="library.not.borrow">
        <translation>没有借成</translation>
    </message>
    <message id="library.not.renew">
        <translation>没有续成</translation>
    </message>
    <message id="library.not.return">
        <translation>没有还成</translation>
    </message>
    <message id="library.partly.borrow">
        <translation>{total} 本中借成 {done} 本</translation>
    </message>
    <message id="library.partly.renew">
        <translation>{total} 本中续成 {done} 本</translation>
    </message>
    <message id="library.partly.return">
        <translation>{total} 本中还成 {done} 本</translation>
    </message>
    <message id="library.present_to_borrow">
        <translation>请放卡或出示电子社保卡</translation>
    </message>
    <message id="library.present_to_renew">
        <translation>请放卡或出示电子社保卡</translation>
    </message>
    <message id="library.refused">
        <translation>不能借书</translation>
    </message>
    <message id="library.registering">
        <translation>正在登记</translation>
    </message>
    <message id="library.renew">
        <translation>续借</translation>
    </message>
    <message id="library.renew.detail">
        <translation>延长借期</translation>
    </message>
    <message id="library.return">
        <translation>还书</translation>
    </message>
    <message id="library.return.detail">
        <translation>不用刷卡</translation>
    </message>
    <message id="library.returned_count">
        <translation>已还 {count} 本</translation>
    </message>
    <message id="library.scan_to_borrow">
        <translation>请逐本扫描要借的书</translation>
    </message>
    <message id="library.scan_to_renew">
        <translation>请逐本扫描要续借的书</translation>
    </message>
    <message id="library.scan_to_return">
        <translation>请逐本扫描要还的书</translation>
    </message>
    <message id="receipt.copy">
        <translation>副本</translation>
    </message>
    <message id="tray.books">
        <translation>图书</translation>
    </message>
    <message id="tray.cards">
        <translation>社保卡</translation>
    </message>
    <message id="tray.phones">
        <translation>手机</translation>
    </message>
    <message id="tray.take_away">
        <translation>全部拿走</translation>
    </message>
    <message id="tray.title">
        <translation>演示台</translation>
    </message>
    <message id="ui.accepted">
        <translation>已受理</translation>
    </message>
    <message id="ui.call_staff">
        <translation>呼叫工作人员</translation>
    </message>
    <message id="ui.card_here">
        <translation>社保卡放这里</translation>
    </message>
    <message id="ui.code">
        <translation>代码</translation>
    </message>
    <message id="ui.confirmed">
        <translation>已确认</translation>
    </message>
    <message id="ui.demonstration">
        <translation>演示：设备和人都是虚拟的</translation>
    </message>
    <message id="ui.easy_mode">
        <translation>关怀模式</translation>
    </message>
    <message id="ui.easy_mode_off">
        <translation>标准模式</translation>
    </message>
    <message id="ui.finish">
        <translation>办完了</translation>
    </message>
    <message id="ui.home">
        <translation>回首页</translation>
    </message>
    <message id="ui.more_time">
        <translation>我还在</translation>
    </message>
    <message id="ui.nothing_yet">
        <translation>还没有扫到书</translation>
    </message>
    <message id="ui.offline">
        <translation>未联网</translation>
    </message>
    <message id="ui.online">
        <translation>已联网</translation>
    </message>
    <message id="ui.other_language">
        <translation>English</translation>
    </message>
    <message id="ui.phone_here">
        <translation>手机对准窗口</translation>
    </message>
    <message id="ui.receipt">
        <translation>扫码带走凭条</translation>
    </message>
    <message id="ui.refused">
        <translation>未办理</translation>
    </message>
    <message id="ui.scan_here">
        <translation>条码对准窗口</translation>
    </message>
    <message id="ui.staff_called">
        <translation>工作人员马上来</translation>
    </message>
    <message id="ui.start_over">
        <translation>重新开始</translation>
    </message>
    <message id="ui.terminal">
        <translation>终端</translation>
    </message>
    <message id="visit.choose_service">
        <translation>您要办什么？</translation>
    </message>
    <message id="visit.identifying">
        <translation>正在核对</translation>
    </message>
    <message id="visit.identifying.detail">
        <translation>马上就好</translation>
    </message>
    <message id="visit.identifying.slow">
        <translation>正在等中心答复</translation>
    </message>
    <message id="visit.more_time_question">
        <translation>您还在吗？</translation>
    </message>
    <message id="visit.reading">
        <translation>正在读卡</translation>
    </message>
    <message id="visit.reading.detail">
        <translation>请不要拿起卡</translation>
    </message>
    <message id="visit.reading.slow">
        <translation>这张卡读得慢，请再等一下</translation>
    </message>
    <message id="visit.remaining">
        <translation>还可以借 {count} 本</translation>
    </message>
    <message id="visit.submitting.detail">
        <translation>马上就好</translation>
    </message>
    <message id="visit.submitting.slow">
        <translation>正在等中心答复</translation>
    </message>
    <message id="visit.more_choices">
        <translation>更多</translation>
    </message>
    <message id="visit.back">
        <translation>返回</translation>
    </message>
    <message id="visit.looking">
        <translation>正在查询</translation>
    </message>
    <message id="visit.looking.detail">
        <translation>请稍候</translation>
    </message>
    <message id="visit.pin_wrong">
        <translation>密码不对，还可以输入 {left} 次</translation>
    </message>
    <message id="visit.pin_checking">
        <translation>正在核对密码</translation>
    </message>
    <message id="ui.accept">
        <translation>确定</translation>
    </message>
    <message id="ui.erase">
        <translation>删除</translation>
    </message>
</context>
</TS>

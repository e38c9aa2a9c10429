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
        <translation>现在没有联网，要联网的码暂不能用</translation>
    </message>
    <message id="idle.offline_title">
        <translation>请放卡或出示离线码</translation>
    </message>
    <message id="idle.phone_only">
        <translation>请出示电子社保卡</translation>
    </message>
    <message id="idle.staff_only">
        <translation>请找工作人员办理</translation>
    </message>
    <message id="idle.title">
        <translation>请放卡或出示二维码</translation>
    </message>
    <message id="library.accepted.next">
        <translation>联网后自动确认，书可以拿走</translation>
    </message>
    <message id="library.account">
        <translation>我的借阅</translation>
    </message>
    <message id="library.account.asked_for">
        <translation>已预约，书还没有回来</translation>
    </message>
    <message id="library.account.collect">
        <translation>已为您留书，请在 {day}前来取</translation>
    </message>
    <message id="library.account.detail">
        <translation>在借图书和超期费</translation>
    </message>
    <message id="library.account.empty">
        <translation>您没有在借的书</translation>
    </message>
    <message id="library.account.fine">
        <translation>超期 {days} 天，应付 {amount} 元</translation>
    </message>
    <message id="library.account.late">
        <translation>{due} 到期，至今 {amount} 元</translation>
    </message>
    <message id="library.account.on_loan">
        <translation>在借</translation>
    </message>
    <message id="library.account.owes">
        <translation>待缴费</translation>
    </message>
    <message id="library.account.question">
        <translation>您的借阅情况</translation>
    </message>
    <message id="library.aside.next">
        <translation>带标记的书请交给工作人员</translation>
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
    <message id="library.clerk_presents">
        <translation>请付现金 {amount} 元，工作人员刷卡确认</translation>
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
        <translation>{due}前归还</translation>
    </message>
    <message id="library.due_guessed">
        <translation>预计 {due} 前归还</translation>
    </message>
    <message id="library.fine.next">
        <translation>请在“我的借阅”里付超期费</translation>
    </message>
    <message id="library.limit_reached">
        <translation>可借册数已满</translation>
    </message>
    <message id="library.line.borrow.accepted">
        <translation>{due}前归还，待确认</translation>
    </message>
    <message id="library.line.borrow.confirmed">
        <translation>{due}前归还</translation>
    </message>
    <message id="library.line.due_guessed">
        <translation>预计{due}前归还，以图书馆为准</translation>
    </message>
    <message id="library.line.renew.accepted">
        <translation>{due}前归还，待确认</translation>
    </message>
    <message id="library.line.renew.confirmed">
        <translation>{due}前归还</translation>
    </message>
    <message id="library.line.returned.accepted">
        <translation>已收，待确认</translation>
    </message>
    <message id="library.line.returned.aside">
        <translation>有人预约，请交工作人员</translation>
    </message>
    <message id="library.line.returned.aside_and_late">
        <translation>{amount} 元，有人预约</translation>
    </message>
    <message id="library.line.returned.confirmed">
        <translation>已还</translation>
    </message>
    <message id="library.line.returned.late">
        <translation>超期 {days} 天，应付 {amount} 元</translation>
    </message>
    <message id="library.line.returned.look">
        <translation>请交工作人员</translation>
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
    <message id="library.not_paid">
        <translation>没有收款</translation>
    </message>
    <message id="library.owed">
        <translation>应付 {amount} 元</translation>
    </message>
    <message id="library.paid">
        <translation>超期费已付清</translation>
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
    <message id="library.pay">
        <translation>付超期费</translation>
    </message>
    <message id="library.paying">
        <translation>正在登记收款</translation>
    </message>
    <message id="library.present_to_account">
        <translation>请放卡或出示二维码，查看您的借阅</translation>
    </message>
    <message id="library.present_to_borrow">
        <translation>请放卡或出示电子社保卡</translation>
    </message>
    <message id="library.present_to_pay">
        <translation>请放卡或出示二维码，付超期费</translation>
    </message>
    <message id="library.present_to_renew">
        <translation>请放卡或出示电子社保卡</translation>
    </message>
    <message id="library.reason">
        <translation>图书馆提示：{words}</translation>
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
    <message id="library.says">
        <translation>图书馆提示</translation>
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
    <message id="receipt.copy_mark">
        <translation>副本 COPY</translation>
    </message>
    <message id="receipt.holder">
        <translation>持卡人</translation>
    </message>
    <message id="receipt.more">
        <translation>另有 {count} 项</translation>
    </message>
    <message id="receipt.printed">
        <translation>凭条已打印。</translation>
    </message>
    <message id="receipt.reference">
        <translation>编号</translation>
    </message>
    <message id="receipt.sent">
        <translation>凭条已送打印机，请取走。</translation>
    </message>
    <message id="staff.act.account_added">
        <translation>新增账号</translation>
    </message>
    <message id="staff.act.account_removed">
        <translation>删除账号</translation>
    </message>
    <message id="staff.act.camera_shown">
        <translation>查看摄像头画面</translation>
    </message>
    <message id="staff.act.card_changed">
        <translation>更换工作卡</translation>
    </message>
    <message id="staff.act.code_asked_about">
        <translation>查询乘车码</translation>
    </message>
    <message id="staff.act.day_opened">
        <translation>查看近一天</translation>
    </message>
    <message id="staff.act.house_opened">
        <translation>查看酒店今日</translation>
    </message>
    <message id="staff.act.inbox_opened">
        <translation>查看待处理</translation>
    </message>
    <message id="staff.act.inspection_begun">
        <translation>开始查票</translation>
    </message>
    <message id="staff.act.item_opened">
        <translation>查看一项待处理</translation>
    </message>
    <message id="staff.act.item_settled">
        <translation>处理完成</translation>
    </message>
    <message id="staff.act.item_settling">
        <translation>开始处理</translation>
    </message>
    <message id="staff.act.journal_opened">
        <translation>查看日志</translation>
    </message>
    <message id="staff.act.journal_verified">
        <translation>校验日志</translation>
    </message>
    <message id="staff.act.locked_out">
        <translation>已被锁定</translation>
    </message>
    <message id="staff.act.not_let_in">
        <translation>登录未通过</translation>
    </message>
    <message id="staff.act.pin_changed">
        <translation>更换密码</translation>
    </message>
    <message id="staff.act.record_opened">
        <translation>查看员工操作记录</translation>
    </message>
    <message id="staff.act.reprinted">
        <translation>补打凭条</translation>
    </message>
    <message id="staff.act.screen_cleaned">
        <translation>擦拭屏幕</translation>
    </message>
    <message id="staff.act.serving">
        <translation>代为办理业务</translation>
    </message>
    <message id="staff.act.signed_in">
        <translation>登录</translation>
    </message>
    <message id="staff.act.signed_out">
        <translation>退出</translation>
    </message>
    <message id="staff.act.staff_answered">
        <translation>应答呼叫</translation>
    </message>
    <message id="staff.act.staff_call_ended">
        <translation>呼叫结束</translation>
    </message>
    <message id="staff.act.staff_called">
        <translation>呼叫工作人员</translation>
    </message>
    <message id="staff.act.terminal_left">
        <translation>退出公共模式</translation>
    </message>
    <message id="staff.act.tests_run">
        <translation>运行自检</translation>
    </message>
    <message id="staff.act.ticket_inspected">
        <translation>已查票</translation>
    </message>
    <message id="staff.act.timed_out">
        <translation>超时退出</translation>
    </message>
    <message id="staff.act.today_opened">
        <translation>查看今日业务</translation>
    </message>
    <message id="staff.act.unlocked">
        <translation>解除锁定</translation>
    </message>
    <message id="staff.act.voided">
        <translation>已作废</translation>
    </message>
    <message id="staff.act.voiding">
        <translation>开始作废</translation>
    </message>
    <message id="staff.age.days">
        <translation>{count} 天</translation>
    </message>
    <message id="staff.age.hours">
        <translation>{count} 小时</translation>
    </message>
    <message id="staff.age.minutes">
        <translation>{count} 分钟</translation>
    </message>
    <message id="staff.age.now">
        <translation>不到 1 分钟</translation>
    </message>
    <message id="staff.back">
        <translation>返回</translation>
    </message>
    <message id="staff.business.bus.ride">
        <translation>乘车</translation>
    </message>
    <message id="staff.business.hotel.change-room">
        <translation>换房</translation>
    </message>
    <message id="staff.business.hotel.check-in">
        <translation>入住登记</translation>
    </message>
    <message id="staff.business.hotel.check-out">
        <translation>退房</translation>
    </message>
    <message id="staff.business.hotel.extend">
        <translation>续住</translation>
    </message>
    <message id="staff.business.library.borrow">
        <translation>借书</translation>
    </message>
    <message id="staff.business.library.pay">
        <translation>缴纳逾期费</translation>
    </message>
    <message id="staff.business.library.renew">
        <translation>续借</translation>
    </message>
    <message id="staff.business.library.return">
        <translation>还书</translation>
    </message>
    <message id="staff.camera">
        <translation>摄像头画面</translation>
    </message>
    <message id="staff.camera.hint">
        <translation>手机二维码应清晰、明亮，占画面三分之一</translation>
    </message>
    <message id="staff.camera.none">
        <translation>没有画面：请检查连线</translation>
    </message>
    <message id="staff.camera.not_used">
        <translation>本终端没有摄像头</translation>
    </message>
    <message id="staff.card_seen">
        <translation>已看到卡片。退出后再办理业务</translation>
    </message>
    <message id="staff.check.camera">
        <translation>摄像头</translation>
    </message>
    <message id="staff.check.central">
        <translation>中心</translation>
    </message>
    <message id="staff.check.clock">
        <translation>时钟</translation>
    </message>
    <message id="staff.check.disk">
        <translation>磁盘</translation>
    </message>
    <message id="staff.check.font">
        <translation>字体</translation>
    </message>
    <message id="staff.check.hotlist">
        <translation>停用卡名单</translation>
    </message>
    <message id="staff.check.identity">
        <translation>终端证书</translation>
    </message>
    <message id="staff.check.journal">
        <translation>日志</translation>
    </message>
    <message id="staff.check.keys">
        <translation>密钥</translation>
    </message>
    <message id="staff.check.printer">
        <translation>打印机</translation>
    </message>
    <message id="staff.check.readers">
        <translation>读卡器</translation>
    </message>
    <message id="staff.check.sam">
        <translation>SAM 卡</translation>
    </message>
    <message id="staff.check.scanner">
        <translation>扫描枪</translation>
    </message>
    <message id="staff.check.settings">
        <translation>已发布的设置</translation>
    </message>
    <message id="staff.check.issuers">
        <translation>二维码发行方</translation>
    </message>
    <message id="staff.check.replay">
        <translation>已用二维码</translation>
    </message>
    <message id="staff.check.entitlements">
        <translation>优惠卡名单</translation>
    </message>
    <message id="staff.check.calendar">
        <translation>节假日历</translation>
    </message>
    <message id="staff.check.tariff">
        <translation>票价</translation>
    </message>
    <message id="staff.check.versions">
        <translation>版本</translation>
    </message>
    <message id="staff.check.voice">
        <translation>语音</translation>
    </message>
    <message id="staff.checks">
        <translation>设备检测</translation>
    </message>
    <message id="staff.clear">
        <translation>清除</translation>
    </message>
    <message id="staff.close">
        <translation>返回</translation>
    </message>
    <message id="staff.code_seen">
        <translation>退出后再办理业务</translation>
    </message>
    <message id="staff.copy">
        <translation>凭条副本</translation>
    </message>
    <message id="staff.copy.detail">
        <translation>可用手机拍下此码</translation>
    </message>
    <message id="staff.correct.detail">
        <translation>请扫描，或输入</translation>
    </message>
    <message id="staff.correct.question">
        <translation>正确的“{field}”是什么？</translation>
    </message>
    <message id="staff.count">
        <translation>显示 {shown} / {all} 笔</translation>
    </message>
    <message id="staff.day">
        <translation>近一天</translation>
    </message>
    <message id="staff.decision.accept">
        <translation>保留</translation>
    </message>
    <message id="staff.decision.accept.detail">
        <translation>维持现状，不再处理</translation>
    </message>
    <message id="staff.decision.correct">
        <translation>更正</translation>
    </message>
    <message id="staff.decision.correct.detail">
        <translation>改正后重新登记</translation>
    </message>
    <message id="staff.decision.retry">
        <translation>重发</translation>
    </message>
    <message id="staff.decision.retry.detail">
        <translation>再次发送给中心</translation>
    </message>
    <message id="staff.decision.void">
        <translation>作废</translation>
    </message>
    <message id="staff.decision.void.detail">
        <translation>撤销此笔业务</translation>
    </message>
    <message id="staff.fact.amount">
        <translation>金额（元）</translation>
    </message>
    <message id="staff.fact.business">
        <translation>业务</translation>
    </message>
    <message id="staff.fact.card">
        <translation>卡号末四位</translation>
    </message>
    <message id="staff.fact.decided">
        <translation>处理记录</translation>
    </message>
    <message id="staff.fact.decided_as">
        <translation>{decision}（{by}）</translation>
    </message>
    <message id="staff.fact.e_card">
        <translation>电子卡</translation>
    </message>
    <message id="staff.fact.reference">
        <translation>凭条号</translation>
    </message>
    <message id="staff.fact.standing">
        <translation>状态</translation>
    </message>
    <message id="staff.fact.when">
        <translation>时间</translation>
    </message>
    <message id="staff.field.barcode">
        <translation>条码</translation>
    </message>
    <message id="staff.field.due_date">
        <translation>应还日期</translation>
    </message>
    <message id="staff.field.room">
        <translation>房间</translation>
    </message>
    <message id="staff.field.title">
        <translation>书名</translation>
    </message>
    <message id="staff.figure.contact">
        <translation>上次联系中心</translation>
    </message>
    <message id="staff.figure.delivered">
        <translation>本轮已上传</translation>
    </message>
    <message id="staff.figure.inbox">
        <translation>待处理</translation>
    </message>
    <message id="staff.figure.oldest">
        <translation>最早一笔</translation>
    </message>
    <message id="staff.figure.pending">
        <translation>待上传</translation>
    </message>
    <message id="staff.figure.tested">
        <translation>已检测</translation>
    </message>
    <message id="staff.figure.wrong">
        <translation>异常</translation>
    </message>
    <message id="staff.inbox">
        <translation>待处理业务</translation>
    </message>
    <message id="staff.inbox.empty">
        <translation>没有需要处理的业务</translation>
    </message>
    <message id="staff.journal">
        <translation>交易日志</translation>
    </message>
    <message id="staff.journal.broken">
        <translation>不完整</translation>
    </message>
    <message id="staff.journal.checked">
        <translation>已校验</translation>
    </message>
    <message id="staff.journal.empty">
        <translation>日志是空的</translation>
    </message>
    <message id="staff.journal.head">
        <translation>最新哈希</translation>
    </message>
    <message id="staff.journal.verified">
        <translation>校验结果</translation>
    </message>
    <message id="staff.journal.verify">
        <translation>校验完整性</translation>
    </message>
    <message id="staff.journal.whole">
        <translation>完整</translation>
    </message>
    <message id="staff.journal.wrong.answer">
        <translation>第 {number} 条记录的中心答复与写入时不符</translation>
    </message>
    <message id="staff.journal.wrong.checkpoint">
        <translation>第 {number} 条记录以前的记录被移走</translation>
    </message>
    <message id="staff.journal.wrong.database">
        <translation>数据库文件有损坏</translation>
    </message>
    <message id="staff.journal.wrong.decision">
        <translation>第 {number} 条记录的处理结果被改动或删除</translation>
    </message>
    <message id="staff.journal.wrong.edited">
        <translation>第 {number} 条记录的办理状态被改动</translation>
    </message>
    <message id="staff.journal.wrong.head">
        <translation>流水末尾的记录被删去或被替换</translation>
    </message>
    <message id="staff.journal.wrong.missing">
        <translation>缺少第 {number} 至 {last} 条记录</translation>
    </message>
    <message id="staff.journal.wrong.no_standing">
        <translation>{number} 条记录没有办理状态</translation>
    </message>
    <message id="staff.journal.wrong.record">
        <translation>第 {number} 条记录与写入时不符</translation>
    </message>
    <message id="staff.journal.wrong.standing">
        <translation>第 {number} 条记录的办理状态无法识别</translation>
    </message>
    <message id="staff.keys.change">
        <translation>换拼音或英文</translation>
    </message>
    <message id="staff.keys.latin">
        <translation>英文</translation>
    </message>
    <message id="staff.keys.pinyin">
        <translation>拼音</translation>
    </message>
    <message id="staff.leaving">
        <translation>{seconds} 秒后自动退出</translation>
    </message>
    <message id="staff.never">
        <translation>尚未联系</translation>
    </message>
    <message id="staff.next_step">
        <translation>下一步</translation>
    </message>
    <message id="staff.none">
        <translation>无</translation>
    </message>
    <message id="staff.on_record">
        <translation>已记录：凭条号 {reference}</translation>
    </message>
    <message id="staff.plot.ms">
        <translation>{ms} 毫秒</translation>
    </message>
    <message id="staff.plot.offline">
        <translation>离线分钟数</translation>
    </message>
    <message id="staff.plot.offline.most">
        <translation>60 分钟</translation>
    </message>
    <message id="staff.plot.offline.said">
        <translation>近一天离线 {minutes} 分钟</translation>
    </message>
    <message id="staff.plot.offline.total">
        <translation>共 {minutes} 分钟</translation>
    </message>
    <message id="staff.plot.visits">
        <translation>每小时办理人次</translation>
    </message>
    <message id="staff.plot.visits.said">
        <translation>共 {count} 人次，最忙 {hour}，{most} 人次</translation>
    </message>
    <message id="staff.plot.visits.total">
        <translation>共 {count} 人次</translation>
    </message>
    <message id="staff.plot.waits">
        <translation>等待时间</translation>
    </message>
    <message id="staff.plot.waits.legend">
        <translation>柱：一半的人不超过；横线：95% 的人不超过</translation>
    </message>
    <message id="staff.plot.waits.said">
        <translation>等待{usual}，最慢 {slowest} 毫秒</translation>
    </message>
    <message id="staff.plot.waits.total">
        <translation>通常 {ms} 毫秒</translation>
    </message>
    <message id="staff.reason.accept.1">
        <translation>物品已追回并归位</translation>
    </message>
    <message id="staff.reason.accept.2">
        <translation>已与当事人说明</translation>
    </message>
    <message id="staff.reason.accept.3">
        <translation>已在中心系统处理</translation>
    </message>
    <message id="staff.reason.correct.1">
        <translation>扫错了条码</translation>
    </message>
    <message id="staff.reason.correct.2">
        <translation>录入有误</translation>
    </message>
    <message id="staff.reason.other">
        <translation>其他原因</translation>
    </message>
    <message id="staff.reason.question">
        <translation>原因是什么？</translation>
    </message>
    <message id="staff.reason.retry.1">
        <translation>中心已修复</translation>
    </message>
    <message id="staff.reason.retry.2">
        <translation>运维人员要求重发</translation>
    </message>
    <message id="staff.reason.void.1">
        <translation>当事人放弃办理</translation>
    </message>
    <message id="staff.reason.void.2">
        <translation>重复办理</translation>
    </message>
    <message id="staff.reason.void.3">
        <translation>操作有误</translation>
    </message>
    <message id="staff.receipt.amount">
        <translation>{amount} 元</translation>
    </message>
    <message id="staff.record">
        <translation>员工操作记录</translation>
    </message>
    <message id="staff.record.broken">
        <translation>{count} 处被改动</translation>
    </message>
    <message id="staff.record.changed">
        <translation>这一行与写入时不符</translation>
    </message>
    <message id="staff.record.detail">
        <translation>谁在本机做了什么</translation>
    </message>
    <message id="staff.record.is">
        <translation>记录</translation>
    </message>
    <message id="staff.record.search">
        <translation>搜索：姓名、编号、操作、日期</translation>
    </message>
    <message id="staff.record.whole">
        <translation>完整</translation>
    </message>
    <message id="staff.reprint">
        <translation>补打凭条</translation>
    </message>
    <message id="staff.reprint.detail">
        <translation>凭条上标明“副本”</translation>
    </message>
    <message id="staff.search">
        <translation>搜索：凭条号、条码、卡号末四位</translation>
    </message>
    <message id="staff.sign_in">
        <translation>工作人员登录</translation>
    </message>
    <message id="staff.sign_in.card">
        <translation>也可把工作证放在读卡器上</translation>
    </message>
    <message id="staff.sign_in.checking">
        <translation>正在核对……</translation>
    </message>
    <message id="staff.sign_in.locked">
        <translation>请 {seconds} 秒后再试</translation>
    </message>
    <message id="staff.sign_in.number">
        <translation>请输入工号</translation>
    </message>
    <message id="staff.sign_in.pin">
        <translation>请输入密码</translation>
    </message>
    <message id="staff.sign_out">
        <translation>退出</translation>
    </message>
    <message id="staff.standing.booked_anyway">
        <translation>中心已登记</translation>
    </message>
    <message id="staff.standing.confirmed">
        <translation>已办理</translation>
    </message>
    <message id="staff.standing.conflict">
        <translation>内容不一致</translation>
    </message>
    <message id="staff.standing.held_promised">
        <translation>中心无法接收</translation>
    </message>
    <message id="staff.standing.held_withdrawn">
        <translation>撤回无法送达</translation>
    </message>
    <message id="staff.standing.not_booked">
        <translation>已撤回，未登记</translation>
    </message>
    <message id="staff.standing.open">
        <translation>办理中</translation>
    </message>
    <message id="staff.standing.promised">
        <translation>已受理，待确认</translation>
    </message>
    <message id="staff.standing.refused">
        <translation>未办理</translation>
    </message>
    <message id="staff.standing.refused_later">
        <translation>事后被拒绝</translation>
    </message>
    <message id="staff.standing.settled">
        <translation>已处理</translation>
    </message>
    <message id="staff.standing.withdrawn">
        <translation>撤回中，待中心确认</translation>
    </message>
    <message id="staff.tab.camera">
        <translation>摄像头</translation>
    </message>
    <message id="staff.tab.checks">
        <translation>设备</translation>
    </message>
    <message id="staff.tab.day">
        <translation>近一天</translation>
    </message>
    <message id="staff.tab.inbox">
        <translation>待处理</translation>
    </message>
    <message id="staff.tab.journal">
        <translation>日志</translation>
    </message>
    <message id="staff.tab.today">
        <translation>今日</translation>
    </message>
    <message id="staff.test.all">
        <translation>全部检测</translation>
    </message>
    <message id="staff.test.not_yet">
        <translation>未检测</translation>
    </message>
    <message id="staff.test.under_way">
        <translation>正在检测……</translation>
    </message>
    <message id="staff.test.well">
        <translation>正常</translation>
    </message>
    <message id="staff.test.wrong">
        <translation>异常</translation>
    </message>
    <message id="staff.today">
        <translation>今日业务</translation>
    </message>
    <message id="staff.today.empty">
        <translation>今天还没有业务</translation>
    </message>
    <message id="staff.type_reason">
        <translation>输入原因</translation>
    </message>
    <message id="staff.why">
        <translation>原因</translation>
    </message>
    <message id="tray.books">
        <translation>图书</translation>
    </message>
    <message id="tray.cards">
        <translation>社保卡</translation>
    </message>
    <message id="tray.member">
        <translation>工号 {number} · 密码 {pin} · {name}</translation>
    </message>
    <message id="tray.phones">
        <translation>手机</translation>
    </message>
    <message id="tray.scans_screen">
        <translation>扫屏幕</translation>
    </message>
    <message id="tray.blanks">
        <translation>空白卡</translation>
    </message>
    <message id="tray.blank">
        <translation>空白卡</translation>
    </message>
    <message id="tray.new_card">
        <translation>写好的新卡</translation>
    </message>
    <message id="tray.papers">
        <translation>申请材料</translation>
    </message>
    <message id="tray.paper.register">
        <translation>户口簿</translation>
    </message>
    <message id="tray.paper.permit">
        <translation>居住证</translation>
    </message>
    <message id="tray.shows_online">
        <translation>联网码</translation>
    </message>
    <message id="tray.shows_ride">
        <translation>乘车码</translation>
    </message>
    <message id="tray.shows_signed">
        <translation>离线码</translation>
    </message>
    <message id="tray.staff">
        <translation>员工页面：按住右上角的时间</translation>
    </message>
    <message id="tray.take_away">
        <translation>全部拿走</translation>
    </message>
    <message id="tray.title">
        <translation>演示台</translation>
    </message>
    <message id="trust.holder">
        <translation>本人已确认</translation>
    </message>
    <message id="trust.not_proved">
        <translation>未能验真</translation>
    </message>
    <message id="trust.read">
        <translation>已读取</translation>
    </message>
    <message id="trust.verified">
        <translation>已验真</translation>
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
    <message id="ui.louder">
        <translation>大声</translation>
    </message>
    <message id="ui.more_time">
        <translation>我还在</translation>
    </message>
    <message id="ui.no_voice">
        <translation>没有语音</translation>
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
    <message id="ui.print_copy">
        <translation>打印副本</translation>
    </message>
    <message id="ui.print_receipt">
        <translation>打印凭条</translation>
    </message>
    <message id="ui.printing">
        <translation>正在打印……</translation>
    </message>
    <message id="ui.receipt">
        <translation>扫码带走凭条</translation>
    </message>
    <message id="ui.refused">
        <translation>未办理</translation>
    </message>
    <message id="ui.say_again">
        <translation>再说一遍</translation>
    </message>
    <message id="ui.scan_here">
        <translation>条码对准窗口</translation>
    </message>
    <message id="ui.softer">
        <translation>小声</translation>
    </message>
    <message id="ui.staff_calling">
        <translation>正在呼叫工作人员</translation>
    </message>
    <message id="ui.staff_coming">
        <translation>{name}正在赶来</translation>
    </message>
    <message id="ui.staff_next_way">
        <translation>暂时没有人应答，请到服务台</translation>
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
    <message id="ui.date_format">
        <translation>yyyy年M月d日</translation>
    </message>
    <message id="ui.list">
        <translation>列表</translation>
    </message>
    <message id="ui.space">
        <translation>空格</translation>
    </message>
    <message id="ui.digits_typed">
        <translation>已输入 {typed} 位，共 {length} 位</translation>
    </message>
    <message id="ui.keys.characters">
        <translation>汉字</translation>
    </message>
    <message id="ui.keys.letters">
        <translation>字母</translation>
    </message>
    <message id="ui.keys.surnames">
        <translation>常见姓</translation>
    </message>
    <message id="ui.keys.frequent">
        <translation>常用字</translation>
    </message>
    <message id="ui.keys.parts">
        <translation>偏旁</translation>
    </message>
    <message id="ui.keys.more">
        <translation>更多</translation>
    </message>
    <message id="ui.keys.digits">
        <translation>数字</translation>
    </message>
    <message id="ui.keys.dot">
        <translation>间隔号</translation>
    </message>
    <message id="ui.accept">
        <translation>确定</translation>
    </message>
    <message id="ui.erase">
        <translation>删除</translation>
    </message>
    <message id="activation.agree">
        <translation>同意协议</translation>
    </message>
    <message id="activation.decline">
        <translation>不同意</translation>
    </message>
    <message id="activation.at_work">
        <translation>正在向银行激活</translation>
    </message>
    <message id="activation.card_pin">
        <translation>请输入社保卡密码</translation>
    </message>
    <message id="activation.done">
        <translation>金融功能已激活</translation>
    </message>
    <message id="activation.new_pin">
        <translation>请设置6位银行密码</translation>
    </message>
    <message id="activation.next">
        <translation>现在可以存取款、刷卡消费</translation>
    </message>
    <message id="activation.question">
        <translation>要激活卡上的银行账户吗？</translation>
    </message>
    <message id="activation.rule.1">
        <translation>密码只有您和银行知道</translation>
    </message>
    <message id="activation.rule.2">
        <translation>补贴和养老金可以发到这张卡</translation>
    </message>
    <message id="activation.rule.3">
        <translation>卡丢了请马上挂失</translation>
    </message>
    <message id="admission.left">
        <translation>还剩 {left} 个</translation>
    </message>
    <message id="admission.opening">
        <translation>正在核票</translation>
    </message>
    <message id="admission.when">
        <translation>想什么时候来？</translation>
    </message>
    <message id="admission.done.enter">
        <translation>请进</translation>
    </message>
    <message id="admission.done.leave">
        <translation>再见</translation>
    </message>
    <message id="admission.done.book">
        <translation>预约成功</translation>
    </message>
    <message id="application.answer_by">
        <translation>{day}前答复您</translation>
    </message>
    <message id="application.fee">
        <translation>费用 {amount} 元</translation>
    </message>
    <message id="application.hand_in">
        <translation>提交申请</translation>
    </message>
    <message id="application.look_over">
        <translation>请核对，没有问题就提交</translation>
    </message>
    <message id="application.number">
        <translation>编号 {number}</translation>
    </message>
    <message id="application.sending">
        <translation>正在传送材料照片</translation>
    </message>
    <message id="application.photographed">
        <translation>已拍照</translation>
    </message>
    <message id="application.left_out">
        <translation>没有拍</translation>
    </message>
    <message id="photograph.lay">
        <translation>请平放在摄像头前，整页都要看得见</translation>
    </message>
    <message id="photograph.readable">
        <translation>照片里的字都看得清吗？</translation>
    </message>
    <message id="photograph.picture.take">
        <translation>拍照</translation>
    </message>
    <message id="photograph.picture.keep">
        <translation>清楚，就用这张</translation>
    </message>
    <message id="photograph.picture.again">
        <translation>重拍</translation>
    </message>
    <message id="photograph.picture.without">
        <translation>没有这份材料</translation>
    </message>
    <message id="ui.no_picture">
        <translation>摄像头没有画面，请呼叫工作人员</translation>
    </message>
    <message id="application.no_camera">
        <translation>请到人工窗口，这里拍不了材料</translation>
    </message>
    <message id="application.hand_in_there">
        <translation>在这个窗口交材料</translation>
    </message>
    <message id="application.bring">
        <translation>办理时请带上</translation>
    </message>
    <message id="application.done.confirmed">
        <translation>申请已收到</translation>
    </message>
    <message id="application.done.accepted">
        <translation>申请已记下，稍后确认</translation>
    </message>
    <message id="attendance.at">
        <translation>{at}</translation>
    </message>
    <message id="attendance.late">
        <translation>晚到 {minutes} 分钟</translation>
    </message>
    <message id="attendance.question">
        <translation>签到还是签退？</translation>
    </message>
    <message id="attendance.sign-in">
        <translation>签到</translation>
    </message>
    <message id="attendance.sign-out">
        <translation>签退</translation>
    </message>
    <message id="attendance.done.sign-in">
        <translation>签到成功</translation>
    </message>
    <message id="attendance.done.sign-out">
        <translation>签退成功</translation>
    </message>
    <message id="catalogue.accepted.next">
        <translation>已经记下，联网后自动确认</translation>
    </message>
    <message id="catalogue.amount">
        <translation>{amount} 元{period}</translation>
    </message>
    <message id="catalogue.booking">
        <translation>正在办理</translation>
    </message>
    <message id="catalogue.present">
        <translation>请放卡，或出示电子社保卡</translation>
    </message>
    <message id="catalogue.until">
        <translation>到 {day}</translation>
    </message>
    <message id="catalogue.neutral">
        <translation>没有办理</translation>
    </message>
    <message id="catalogue.refused">
        <translation>没有办成</translation>
    </message>
    <message id="catalogue.done.confirmed">
        <translation>办好了</translation>
    </message>
    <message id="catalogue.done.accepted">
        <translation>已受理，稍后确认</translation>
    </message>
    <message id="catalogue.step.done">
        <translation>已完成</translation>
    </message>
    <message id="catalogue.step.failed">
        <translation>没有通过</translation>
    </message>
    <message id="catalogue.step.undone">
        <translation>已撤销</translation>
    </message>
    <message id="catalogue.step.stands">
        <translation>未能撤销，请联系工作人员</translation>
    </message>
    <message id="catalogue.step.not_tried">
        <translation>未进行</translation>
    </message>
    <message id="certification.done.confirmed">
        <translation>认证成功</translation>
    </message>
    <message id="certification.done.accepted">
        <translation>认证已记下，稍后确认</translation>
    </message>
    <message id="form.mistake.date">
        <translation>请输入日期，如 1960-05-01</translation>
    </message>
    <message id="form.mistake.digits">
        <translation>只能是数字</translation>
    </message>
    <message id="form.mistake.identity">
        <translation>身份证号码不对，请核对</translation>
    </message>
    <message id="form.mistake.long">
        <translation>太长了</translation>
    </message>
    <message id="form.mistake.money">
        <translation>请输入金额，如 100.50</translation>
    </message>
    <message id="form.mistake.phone">
        <translation>请输入11位手机号码</translation>
    </message>
    <message id="medical.number">
        <translation>{number} 号</translation>
    </message>
    <message id="medical.wait">
        <translation>请在候诊区等候叫号</translation>
    </message>
    <message id="medical.which_clinic">
        <translation>挂哪个科？</translation>
    </message>
    <message id="medical.agree.settle">
        <translation>确认支付</translation>
    </message>
    <message id="medical.agree.refund">
        <translation>确认退费</translation>
    </message>
    <message id="medical.done.settle">
        <translation>结算完成，您支付了</translation>
    </message>
    <message id="medical.done.refund">
        <translation>已退回账户</translation>
    </message>
    <message id="medical.part.total">
        <translation>总费用</translation>
    </message>
    <message id="medical.part.insured">
        <translation>医保支付</translation>
    </message>
    <message id="medical.part.own">
        <translation>个人支付</translation>
    </message>
    <message id="medical.question.settle">
        <translation>请核对费用</translation>
    </message>
    <message id="medical.question.refund">
        <translation>要退这笔费用吗？</translation>
    </message>
    <message id="money">
        <translation>{amount} 元</translation>
    </message>
    <message id="payment.another">
        <translation>输入账单号</translation>
    </message>
    <message id="payment.done">
        <translation>缴费成功</translation>
    </message>
    <message id="payment.fee">
        <translation>手续费</translation>
    </message>
    <message id="payment.number">
        <translation>请输入账单号</translation>
    </message>
    <message id="payment.pay">
        <translation>缴费</translation>
    </message>
    <message id="payment.pin">
        <translation>请输入社保卡密码</translation>
    </message>
    <message id="payment.question">
        <translation>缴这张账单吗？</translation>
    </message>
    <message id="payment.which">
        <translation>缴哪一张？</translation>
    </message>
    <message id="payout.account">
        <translation>尾号 {ending}</translation>
    </message>
    <message id="payout.amount">
        <translation>取多少？最多 {most} 元</translation>
    </message>
    <message id="payout.amount_mistake">
        <translation>请输入不超过 {most} 元的金额</translation>
    </message>
    <message id="payout.paying">
        <translation>正在付款</translation>
    </message>
    <message id="payout.pin">
        <translation>请输入密码</translation>
    </message>
    <message id="payout.second_person">
        <translation>请另一位工作人员放卡</translation>
    </message>
    <message id="payout.collect.cash">
        <translation>领取现金</translation>
    </message>
    <message id="payout.collect.card">
        <translation>存到卡里</translation>
    </message>
    <message id="payout.done.cash">
        <translation>已付现金</translation>
    </message>
    <message id="payout.done.card">
        <translation>已到账</translation>
    </message>
    <message id="payout.question.cash">
        <translation>您可以领这些钱</translation>
    </message>
    <message id="payout.question.card">
        <translation>这些钱存到卡里吗？</translation>
    </message>
    <message id="query.nothing">
        <translation>没有记录</translation>
    </message>
    <message id="visit.pin_again">
        <translation>请再输一遍</translation>
    </message>
    <message id="visit.pin_differed">
        <translation>两次不一样，请重新设置</translation>
    </message>
    <message id="card-management.question.report-lost">
        <translation>挂失这张卡吗？</translation>
    </message>
    <message id="card-management.yes.report-lost">
        <translation>确认挂失</translation>
    </message>
    <message id="card-management.done.report-lost">
        <translation>已挂失</translation>
    </message>
    <message id="card-management.next.report-lost">
        <translation>请尽快补卡</translation>
    </message>
    <message id="card-management.question.report-lost-for">
        <translation>挂失什么？</translation>
    </message>
    <message id="card-management.lost.number">
        <translation>丢卡人的身份证号码</translation>
    </message>
    <message id="card-management.lost.name">
        <translation>丢卡人的姓名</translation>
    </message>
    <message id="card-management.lost.card">
        <translation>只挂失卡</translation>
    </message>
    <message id="card-management.lost.card_and_phone">
        <translation>卡和手机电子卡都挂失</translation>
    </message>
    <message id="card-management.lost.pin">
        <translation>请工作人员输入自己的卡密码</translation>
    </message>
    <message id="card-management.lost.ending">
        <translation>已挂失，尾号 {ending}</translation>
    </message>
    <message id="card-management.done.report-lost-for">
        <translation>已代办挂失</translation>
    </message>
    <message id="card-management.next.report-lost-for">
        <translation>请补办一张卡</translation>
    </message>
    <message id="binding.question">
        <translation>电子社保卡放到您的手机上吗？</translation>
    </message>
    <message id="binding.question.move">
        <translation>换到另一部手机上吗？</translation>
    </message>
    <message id="binding.begin">
        <translation>放到这部手机</translation>
    </message>
    <message id="binding.move">
        <translation>换到这部手机</translation>
    </message>
    <message id="binding.one_phone">
        <translation>旧手机上的马上失效</translation>
    </message>
    <message id="binding.pin">
        <translation>请输入社保卡密码</translation>
    </message>
    <message id="binding.scan">
        <translation>请用手机扫这个码</translation>
    </message>
    <message id="binding.scan.detail">
        <translation>用相机或“扫一扫”，然后看手机</translation>
    </message>
    <message id="binding.compare">
        <translation>手机上也是这四位数字吗？</translation>
    </message>
    <message id="binding.same">
        <translation>一样，是我的手机</translation>
    </message>
    <message id="binding.other">
        <translation>不一样，或没有</translation>
    </message>
    <message id="binding.done">
        <translation>已放到您的手机上</translation>
    </message>
    <message id="binding.card">
        <translation>电子社保卡</translation>
    </message>
    <message id="binding.done.next">
        <translation>手机上已可出示，请试一试</translation>
    </message>
    <message id="binding.stopped">
        <translation>手机没有绑定。</translation>
    </message>
    <message id="binding.stopped.next">
        <translation>随时可以再来办理。</translation>
    </message>
    <message id="card-management.question.replace-for">
        <translation>旧卡停用，为他补卡吗？</translation>
    </message>
    <message id="card-management.yes.replace-for">
        <translation>停用旧卡并补卡</translation>
    </message>
    <message id="replace.lay">
        <translation>旧卡已停用，请放空白卡</translation>
    </message>
    <message id="replace.laid">
        <translation>空白卡已放好</translation>
    </message>
    <message id="replace.stop">
        <translation>不写了</translation>
    </message>
    <message id="replace.writing">
        <translation>正在写卡，请勿拿走…</translation>
    </message>
    <message id="replace.new_card">
        <translation>新卡尾号 {ending}</translation>
    </message>
    <message id="replace.stopped">
        <translation>新卡没有写，旧卡已停用。</translation>
    </message>
    <message id="replace.stopped.next">
        <translation>请用手机电子卡再来补卡。</translation>
    </message>
    <message id="card-management.which.report-lost">
        <translation>哪张卡丢了？</translation>
    </message>
    <message id="card-management.question.unlock">
        <translation>解挂这张卡吗？</translation>
    </message>
    <message id="card-management.yes.unlock">
        <translation>确认解挂</translation>
    </message>
    <message id="card-management.done.unlock">
        <translation>已解挂</translation>
    </message>
    <message id="card-management.next.unlock">
        <translation>卡可以用了</translation>
    </message>
    <message id="card-management.which.unlock">
        <translation>哪张卡找到了？</translation>
    </message>
    <message id="card-management.question.replace">
        <translation>换一张新卡吗？</translation>
    </message>
    <message id="card-management.yes.replace">
        <translation>确认换卡</translation>
    </message>
    <message id="card-management.done.replace">
        <translation>已换卡</translation>
    </message>
    <message id="card-management.next.replace">
        <translation>旧卡已经失效</translation>
    </message>
    <message id="hotel.name">
        <translation>入住登记</translation>
    </message>
    <message id="hotel.present">
        <translation>请放卡，或出示电子社保卡</translation>
    </message>
    <message id="hotel.registering">
        <translation>正在登记</translation>
    </message>
    <message id="hotel.question">
        <translation>欢迎光临，办什么？</translation>
    </message>
    <message id="hotel.check_out">
        <translation>退房</translation>
    </message>
    <message id="hotel.leave_alone">
        <translation>只退我一人</translation>
    </message>
    <message id="hotel.extend">
        <translation>续住</translation>
    </message>
    <message id="hotel.change_room">
        <translation>换房</translation>
    </message>
    <message id="hotel.reserved">
        <translation>入住 {room} 房</translation>
    </message>
    <message id="hotel.walk_in">
        <translation>直接入住</translation>
    </message>
    <message id="hotel.by_number">
        <translation>按预订号</translation>
    </message>
    <message id="hotel.today">
        <translation>今日到离店</translation>
    </message>
    <message id="hotel.which_reservation">
        <translation>请输入预订号</translation>
    </message>
    <message id="hotel.which_room">
        <translation>住哪间房？</translation>
    </message>
    <message id="hotel.how_many_nights">
        <translation>住几晚？</translation>
    </message>
    <message id="hotel.nights_mistake">
        <translation>请输入 1 到 {most}</translation>
    </message>
    <message id="hotel.confirm">
        <translation>确认入住</translation>
    </message>
    <message id="hotel.look_over">
        <translation>请核对</translation>
    </message>
    <message id="hotel.stay">
        <translation>{room} 房 {nights} 晚</translation>
    </message>
    <message id="hotel.nobody_else">
        <translation>没有别人了</translation>
    </message>
    <message id="hotel.no_card">
        <translation>客人没带卡</translation>
    </message>
    <message id="hotel.complete">
        <translation>人都到齐了吗？</translation>
    </message>
    <message id="hotel.next_guest">
        <translation>请下一位客人放卡或出示二维码</translation>
    </message>
    <message id="hotel.guest_name">
        <translation>客人姓名</translation>
    </message>
    <message id="hotel.guest_number">
        <translation>客人证件号码</translation>
    </message>
    <message id="hotel.guest">
        <translation>客人</translation>
    </message>
    <message id="hotel.guest.typed">
        <translation>手工录入，未核验</translation>
    </message>
    <message id="hotel.guest.read">
        <translation>已读卡</translation>
    </message>
    <message id="hotel.guest.verified">
        <translation>已核验</translation>
    </message>
    <message id="hotel.guest.holder">
        <translation>已核验</translation>
    </message>
    <message id="hotel.guest.none">
        <translation>未核验</translation>
    </message>
    <message id="hotel.partly">
        <translation>有客人没有登记上</translation>
    </message>
    <message id="hotel.refused">
        <translation>没有登记上</translation>
    </message>
    <message id="hotel.done.check-in">
        <translation>登记成功</translation>
    </message>
    <message id="hotel.done.check-out">
        <translation>退房成功，欢迎再来</translation>
    </message>
    <message id="hotel.done.extend">
        <translation>续住成功</translation>
    </message>
    <message id="hotel.done.change-room">
        <translation>换房成功</translation>
    </message>
    <message id="hotel.room">
        <translation>{room} 房</translation>
    </message>
    <message id="hotel.until">
        <translation>住到 {day}</translation>
    </message>
    <message id="hotel.wifi">
        <translation>无线网络</translation>
    </message>
    <message id="hotel.passport">
        <translation>持护照的客人</translation>
    </message>
    <message id="hotel.passport_name">
        <translation>护照上的姓名</translation>
    </message>
    <message id="hotel.passport_number">
        <translation>护照号码</translation>
    </message>
    <message id="hotel.passport_mistake">
        <translation>护照号码是5到17位字母和数字</translation>
    </message>
    <message id="hotel.passport_born">
        <translation>出生日期，如 1990-05-14</translation>
    </message>
    <message id="hotel.desk">
        <translation>前台办理</translation>
    </message>
    <message id="hotel.desk.present">
        <translation>请放工作人员的卡</translation>
    </message>
    <message id="hotel.desk.question">
        <translation>前台办理什么？</translation>
    </message>
    <message id="hotel.desk.guests">
        <translation>住店客人</translation>
    </message>
    <message id="hotel.desk.arrive">
        <translation>无卡客人入住</translation>
    </message>
    <message id="hotel.desk.which_room">
        <translation>哪间房？</translation>
    </message>
    <message id="hotel.desk.whom">
        <translation>为哪位客人办理？</translation>
    </message>
    <message id="hotel.desk.everybody">
        <translation>全房客人</translation>
    </message>
    <message id="hotel.desk.what">
        <translation>办什么？</translation>
    </message>
    <message id="hotel.permit">
        <translation>持港澳台证件、永居证</translation>
    </message>
    <message id="hotel.permit.question">
        <translation>是哪种证件？</translation>
    </message>
    <message id="hotel.permit.hong_kong_macau_permit">
        <translation>港澳居民来往内地通行证</translation>
    </message>
    <message id="hotel.permit.taiwan_permit">
        <translation>台湾居民来往大陆通行证</translation>
    </message>
    <message id="hotel.permit.hmt_residence_permit">
        <translation>港澳台居民居住证</translation>
    </message>
    <message id="hotel.permit.permanent_residence">
        <translation>外国人永久居留身份证</translation>
    </message>
    <message id="hotel.permit.number">
        <translation>证件号码</translation>
    </message>
    <message id="hotel.permit.mistake">
        <translation>号码不对，请对照证件核对</translation>
    </message>
    <message id="hotel.zone.question">
        <translation>怎样录入护照？</translation>
    </message>
    <message id="hotel.zone.lines">
        <translation>输入底部两行</translation>
    </message>
    <message id="hotel.zone.by_hand">
        <translation>逐项输入</translation>
    </message>
    <message id="hotel.zone.first">
        <translation>证件底部第一行，空位按 -</translation>
    </message>
    <message id="hotel.zone.second">
        <translation>证件底部第二行，空位按 -</translation>
    </message>
    <message id="hotel.zone.third">
        <translation>证件底部第三行，空位按 -</translation>
    </message>
    <message id="hotel.zone.mistake">
        <translation>校验不符，请逐字核对这一行</translation>
    </message>
    <message id="hotel.nationality">
        <translation>国籍代码，如 USA、DEU</translation>
    </message>
    <message id="hotel.nationality_mistake">
        <translation>国籍代码是三个字母</translation>
    </message>
    <message id="hotel.sex.question">
        <translation>性别？</translation>
    </message>
    <message id="hotel.sex.male">
        <translation>男</translation>
    </message>
    <message id="hotel.sex.female">
        <translation>女</translation>
    </message>
    <message id="hotel.expires">
        <translation>护照有效期至，如 2030-05-14</translation>
    </message>
    <message id="hotel.visa.question">
        <translation>持哪种签证？</translation>
    </message>
    <message id="hotel.visa.visa">
        <translation>签证</translation>
    </message>
    <message id="hotel.visa.visa_free">
        <translation>免签</translation>
    </message>
    <message id="hotel.visa.residence_permit">
        <translation>居留许可</translation>
    </message>
    <message id="hotel.visa.number">
        <translation>签证或居留许可号码</translation>
    </message>
    <message id="hotel.visa.until">
        <translation>签证有效期至，如 2027-05-14</translation>
    </message>
    <message id="hotel.entry.date">
        <translation>入境日期，如 2026-11-20</translation>
    </message>
    <message id="hotel.entry.port">
        <translation>入境口岸</translation>
    </message>
    <message id="hotel.guardian.name">
        <translation>监护人姓名</translation>
    </message>
    <message id="hotel.guardian.phone">
        <translation>监护人电话</translation>
    </message>
    <message id="hotel.guardian.relation">
        <translation>监护人是孩子的什么人，如母亲</translation>
    </message>
    <message id="hotel.guardian.mistake">
        <translation>请再核对</translation>
    </message>
    <message id="hotel.day.arrivals">
        <translation>预计到店 {count}</translation>
    </message>
    <message id="hotel.day.arrivals.none">
        <translation>今天没有等待到店的预订</translation>
    </message>
    <message id="hotel.day.inside">
        <translation>在店客人 {count}</translation>
    </message>
    <message id="hotel.day.inside.none">
        <translation>现在没有客人住店</translation>
    </message>
    <message id="hotel.day.departures">
        <translation>今日离店 {count}</translation>
    </message>
    <message id="hotel.day.departures.none">
        <translation>今天没有离店</translation>
    </message>
    <message id="hotel.day.log">
        <translation>办理记录 {count}</translation>
    </message>
    <message id="hotel.day.log.none">
        <translation>今天还没有办理记录</translation>
    </message>
    <message id="hotel.day.arrival">
        <translation>{guests} 位，住到 {day}</translation>
    </message>
    <message id="hotel.day.arrival_late">
        <translation>应于之前到店，{guests} 位，住到 {day}</translation>
    </message>
    <message id="hotel.day.until_typed">
        <translation>住到 {day}，手工录入</translation>
    </message>
    <message id="hotel.day.left">
        <translation>{at} 已离店</translation>
    </message>
    <message id="hotel.day.overdue">
        <translation>应该已经离店</translation>
    </message>
    <message id="hotel.day.to_leave">
        <translation>今天离店</translation>
    </message>
    <message id="hotel.did.check-in">
        <translation>入住</translation>
    </message>
    <message id="hotel.did.check-out">
        <translation>退房</translation>
    </message>
    <message id="hotel.did.extend">
        <translation>续住</translation>
    </message>
    <message id="hotel.did.change-room">
        <translation>换房</translation>
    </message>
    <message id="hotel.register.told">
        <translation>旅客登记已全部上报</translation>
    </message>
    <message id="hotel.register.waiting">
        <translation>{waiting} 条待上报，{due}前</translation>
    </message>
    <message id="hotel.register.late">
        <translation>{late} 条上报超时，共 {waiting} 条待报</translation>
    </message>
    <message id="hotel.accepted">
        <translation>已受理，待确认</translation>
    </message>
    <message id="staff.tab.inspection">
        <translation>查票</translation>
    </message>
    <message id="staff.inspection.show">
        <translation>请出示乘客的卡或码</translation>
    </message>
    <message id="staff.inspection.card">
        <translation>卡</translation>
    </message>
    <message id="staff.inspection.ride">
        <translation>乘车</translation>
    </message>
    <message id="staff.inspection.riders">
        <translation>人数</translation>
    </message>
    <message id="staff.inspection.paid">
        <translation>{riders} 人，共 {amount} 元</translation>
    </message>
    <message id="staff.inspection.social_security_card">
        <translation>社会保障卡</translation>
    </message>
    <message id="staff.inspection.t_union">
        <translation>交通卡</translation>
    </message>
    <message id="staff.inspection.ride_code">
        <translation>乘车码</translation>
    </message>
    <message id="staff.inspection.e_card">
        <translation>电子社保卡</translation>
    </message>
    <message id="staff.inspection.unread">
        <translation>没有读出</translation>
    </message>
    <message id="staff.tab.serve">
        <translation>办理</translation>
    </message>
    <message id="ui.clerk_serves">
        <translation>工作人员 {clerk} 办理</translation>
    </message>
    <message id="hotel.did.self">
        <translation>{at}  {room}  {name}  自助</translation>
    </message>
    <message id="hotel.did.clerk">
        <translation>{at}  {room}  {name}  {clerk}</translation>
    </message>
    <message id="hotel.did.check-in.typed">
        <translation>入住，证件为手工录入</translation>
    </message>
    <message id="staff.tab.house">
        <translation>到离店</translation>
    </message>
    <message id="staff.house">
        <translation>今日到离店</translation>
    </message>
    <message id="staff.house.empty">
        <translation>今天没有客人，也没有预订</translation>
    </message>
    <message id="staff.house.arrivals">
        <translation>预计到店</translation>
    </message>
    <message id="staff.house.inside">
        <translation>在店</translation>
    </message>
    <message id="staff.house.departures">
        <translation>离店</translation>
    </message>
    <message id="staff.house.log">
        <translation>办理记录</translation>
    </message>
    <message id="staff.house.register">
        <translation>旅客登记上报</translation>
    </message>
    <message id="staff.house.register.late">
        <translation>超时 {late}/{waiting}</translation>
    </message>
    <message id="staff.house.register.waiting">
        <translation>{waiting}，{due}前</translation>
    </message>
    <message id="staff.house.register.told">
        <translation>已报</translation>
    </message>
    <message id="staff.machine">
        <translation>本机</translation>
    </message>
    <message id="staff.machine.clean">
        <translation>清洁屏幕</translation>
    </message>
    <message id="staff.machine.clean.detail">
        <translation>30 秒内触摸无效</translation>
    </message>
    <message id="staff.machine.language.detail">
        <translation>工作人员页面的语言</translation>
    </message>
    <message id="staff.machine.leave">
        <translation>退出终端程序</translation>
    </message>
    <message id="staff.machine.leave.detail">
        <translation>程序结束，不再自动启动</translation>
    </message>
    <message id="staff.tab.machine">
        <translation>本机</translation>
    </message>
    <message id="hotel.registration">
        <translation>登记号 {number}</translation>
    </message>
    <message id="bus.name">
        <translation>乘车</translation>
    </message>
    <message id="bus.one_more">
        <translation>再刷一人</translation>
    </message>
    <message id="bus.group">
        <translation>多人乘车</translation>
    </message>
    <message id="bus.how_many">
        <translation>几个人？</translation>
    </message>
    <message id="bus.riders_mistake">
        <translation>请输入 1 到 {most}</translation>
    </message>
    <message id="bus.tap">
        <translation>请刷卡或扫码</translation>
    </message>
    <message id="bus.pricing">
        <translation>请稍候</translation>
    </message>
    <message id="bus.same_ride">
        <translation>已经刷过了</translation>
    </message>
    <message id="bus.paid_already">
        <translation>无需再刷</translation>
    </message>
    <message id="bus.validated">
        <translation>本车已刷卡</translation>
    </message>
    <message id="bus.validated_at">
        <translation>{line}路 {at}</translation>
    </message>
    <message id="bus.held">
        <translation>请下车时再刷</translation>
    </message>
    <message id="bus.free">
        <translation>免费乘车</translation>
    </message>
    <message id="bus.paid">
        <translation>欢迎乘车</translation>
    </message>
    <message id="bus.saved">
        <translation>为您节省 {amount} 元</translation>
    </message>
    <message id="bus.tap_off">
        <translation>下车刷卡，多退少补</translation>
    </message>
    <message id="ui.resting">
        <translation>触摸屏幕，或把卡、手机放上来</translation>
    </message>
    <message id="ui.cleaning">
        <translation>正在清洁屏幕，现在触摸无效</translation>
    </message>
    <message id="ui.cleaning_seconds">
        <translation>秒后恢复使用</translation>
    </message>
    <message id="ui.voice_close">
        <translation>好了</translation>
    </message>
    <message id="ui.voice_described">
        <translation>声音：再说一遍，调音量</translation>
    </message>
    <message id="ui.volume.0">
        <translation>声音已关</translation>
    </message>
    <message id="ui.volume.1">
        <translation>声音很小</translation>
    </message>
    <message id="ui.volume.2">
        <translation>声音较小</translation>
    </message>
    <message id="ui.volume.3">
        <translation>声音适中</translation>
    </message>
    <message id="ui.volume.4">
        <translation>声音最大</translation>
    </message>
    <message id="activation.took">
        <translation>用时 {minutes} 分 {seconds} 秒</translation>
    </message>
    <message id="attendance.make-up">
        <translation>补签（请工作人员刷卡）</translation>
    </message>
    <message id="attendance.done.make-up">
        <translation>补签成功</translation>
    </message>
    <message id="application.queue">
        <translation>前面 {ahead} 人</translation>
    </message>
    <message id="catalogue.from_age">
        <translation>这项业务年满 {years} 周岁才能办</translation>
    </message>
    <message id="catalogue.up_to_age">
        <translation>这项业务不超过 {years} 周岁才能办</translation>
    </message>
    <message id="catalogue.only.farmer">
        <translation>这项业务只为务农人员办理</translation>
    </message>
    <message id="catalogue.only.disabled">
        <translation>这项业务只为残疾人办理</translation>
    </message>
    <message id="catalogue.only.veteran">
        <translation>这项业务只为退役军人办理</translation>
    </message>
    <message id="catalogue.only.retired">
        <translation>这项业务只为退休人员办理</translation>
    </message>
    <message id="catalogue.only.student">
        <translation>这项业务只为学生办理</translation>
    </message>
    <message id="catalogue.only.jobless">
        <translation>这项业务只为失业人员办理</translation>
    </message>
    <message id="visit.search">
        <translation>按首字母查找</translation>
    </message>
    <message id="visit.search.hint">
        <translation>点业务名称的拼音首字母，例如 GJJ 找公积金</translation>
    </message>
    <message id="visit.search.none">
        <translation>没有找到，请少点几个字母</translation>
    </message>
    <message id="application.queue_number">
        <translation>排队号 {number}</translation>
    </message>
    <message id="application.number_note">
        <translation>受理编号 {number}</translation>
    </message>
</context>
</TS>

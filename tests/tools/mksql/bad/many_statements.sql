-- expect 402: more than 200 statements
-- rows1() -> (id int)
SELECT id FROM team;
-- rows2() -> (id int)
SELECT id FROM team;
-- rows3() -> (id int)
SELECT id FROM team;
-- rows4() -> (id int)
SELECT id FROM team;
-- rows5() -> (id int)
SELECT id FROM team;
-- rows6() -> (id int)
SELECT id FROM team;
-- rows7() -> (id int)
SELECT id FROM team;
-- rows8() -> (id int)
SELECT id FROM team;
-- rows9() -> (id int)
SELECT id FROM team;
-- rows10() -> (id int)
SELECT id FROM team;
-- rows11() -> (id int)
SELECT id FROM team;
-- rows12() -> (id int)
SELECT id FROM team;
-- rows13() -> (id int)
SELECT id FROM team;
-- rows14() -> (id int)
SELECT id FROM team;
-- rows15() -> (id int)
SELECT id FROM team;
-- rows16() -> (id int)
SELECT id FROM team;
-- rows17() -> (id int)
SELECT id FROM team;
-- rows18() -> (id int)
SELECT id FROM team;
-- rows19() -> (id int)
SELECT id FROM team;
-- rows20() -> (id int)
SELECT id FROM team;
-- rows21() -> (id int)
SELECT id FROM team;
-- rows22() -> (id int)
SELECT id FROM team;
-- rows23() -> (id int)
SELECT id FROM team;
-- rows24() -> (id int)
SELECT id FROM team;
-- rows25() -> (id int)
SELECT id FROM team;
-- rows26() -> (id int)
SELECT id FROM team;
-- rows27() -> (id int)
SELECT id FROM team;
-- rows28() -> (id int)
SELECT id FROM team;
-- rows29() -> (id int)
SELECT id FROM team;
-- rows30() -> (id int)
SELECT id FROM team;
-- rows31() -> (id int)
SELECT id FROM team;
-- rows32() -> (id int)
SELECT id FROM team;
-- rows33() -> (id int)
SELECT id FROM team;
-- rows34() -> (id int)
SELECT id FROM team;
-- rows35() -> (id int)
SELECT id FROM team;
-- rows36() -> (id int)
SELECT id FROM team;
-- rows37() -> (id int)
SELECT id FROM team;
-- rows38() -> (id int)
SELECT id FROM team;
-- rows39() -> (id int)
SELECT id FROM team;
-- rows40() -> (id int)
SELECT id FROM team;
-- rows41() -> (id int)
SELECT id FROM team;
-- rows42() -> (id int)
SELECT id FROM team;
-- rows43() -> (id int)
SELECT id FROM team;
-- rows44() -> (id int)
SELECT id FROM team;
-- rows45() -> (id int)
SELECT id FROM team;
-- rows46() -> (id int)
SELECT id FROM team;
-- rows47() -> (id int)
SELECT id FROM team;
-- rows48() -> (id int)
SELECT id FROM team;
-- rows49() -> (id int)
SELECT id FROM team;
-- rows50() -> (id int)
SELECT id FROM team;
-- rows51() -> (id int)
SELECT id FROM team;
-- rows52() -> (id int)
SELECT id FROM team;
-- rows53() -> (id int)
SELECT id FROM team;
-- rows54() -> (id int)
SELECT id FROM team;
-- rows55() -> (id int)
SELECT id FROM team;
-- rows56() -> (id int)
SELECT id FROM team;
-- rows57() -> (id int)
SELECT id FROM team;
-- rows58() -> (id int)
SELECT id FROM team;
-- rows59() -> (id int)
SELECT id FROM team;
-- rows60() -> (id int)
SELECT id FROM team;
-- rows61() -> (id int)
SELECT id FROM team;
-- rows62() -> (id int)
SELECT id FROM team;
-- rows63() -> (id int)
SELECT id FROM team;
-- rows64() -> (id int)
SELECT id FROM team;
-- rows65() -> (id int)
SELECT id FROM team;
-- rows66() -> (id int)
SELECT id FROM team;
-- rows67() -> (id int)
SELECT id FROM team;
-- rows68() -> (id int)
SELECT id FROM team;
-- rows69() -> (id int)
SELECT id FROM team;
-- rows70() -> (id int)
SELECT id FROM team;
-- rows71() -> (id int)
SELECT id FROM team;
-- rows72() -> (id int)
SELECT id FROM team;
-- rows73() -> (id int)
SELECT id FROM team;
-- rows74() -> (id int)
SELECT id FROM team;
-- rows75() -> (id int)
SELECT id FROM team;
-- rows76() -> (id int)
SELECT id FROM team;
-- rows77() -> (id int)
SELECT id FROM team;
-- rows78() -> (id int)
SELECT id FROM team;
-- rows79() -> (id int)
SELECT id FROM team;
-- rows80() -> (id int)
SELECT id FROM team;
-- rows81() -> (id int)
SELECT id FROM team;
-- rows82() -> (id int)
SELECT id FROM team;
-- rows83() -> (id int)
SELECT id FROM team;
-- rows84() -> (id int)
SELECT id FROM team;
-- rows85() -> (id int)
SELECT id FROM team;
-- rows86() -> (id int)
SELECT id FROM team;
-- rows87() -> (id int)
SELECT id FROM team;
-- rows88() -> (id int)
SELECT id FROM team;
-- rows89() -> (id int)
SELECT id FROM team;
-- rows90() -> (id int)
SELECT id FROM team;
-- rows91() -> (id int)
SELECT id FROM team;
-- rows92() -> (id int)
SELECT id FROM team;
-- rows93() -> (id int)
SELECT id FROM team;
-- rows94() -> (id int)
SELECT id FROM team;
-- rows95() -> (id int)
SELECT id FROM team;
-- rows96() -> (id int)
SELECT id FROM team;
-- rows97() -> (id int)
SELECT id FROM team;
-- rows98() -> (id int)
SELECT id FROM team;
-- rows99() -> (id int)
SELECT id FROM team;
-- rows100() -> (id int)
SELECT id FROM team;
-- rows101() -> (id int)
SELECT id FROM team;
-- rows102() -> (id int)
SELECT id FROM team;
-- rows103() -> (id int)
SELECT id FROM team;
-- rows104() -> (id int)
SELECT id FROM team;
-- rows105() -> (id int)
SELECT id FROM team;
-- rows106() -> (id int)
SELECT id FROM team;
-- rows107() -> (id int)
SELECT id FROM team;
-- rows108() -> (id int)
SELECT id FROM team;
-- rows109() -> (id int)
SELECT id FROM team;
-- rows110() -> (id int)
SELECT id FROM team;
-- rows111() -> (id int)
SELECT id FROM team;
-- rows112() -> (id int)
SELECT id FROM team;
-- rows113() -> (id int)
SELECT id FROM team;
-- rows114() -> (id int)
SELECT id FROM team;
-- rows115() -> (id int)
SELECT id FROM team;
-- rows116() -> (id int)
SELECT id FROM team;
-- rows117() -> (id int)
SELECT id FROM team;
-- rows118() -> (id int)
SELECT id FROM team;
-- rows119() -> (id int)
SELECT id FROM team;
-- rows120() -> (id int)
SELECT id FROM team;
-- rows121() -> (id int)
SELECT id FROM team;
-- rows122() -> (id int)
SELECT id FROM team;
-- rows123() -> (id int)
SELECT id FROM team;
-- rows124() -> (id int)
SELECT id FROM team;
-- rows125() -> (id int)
SELECT id FROM team;
-- rows126() -> (id int)
SELECT id FROM team;
-- rows127() -> (id int)
SELECT id FROM team;
-- rows128() -> (id int)
SELECT id FROM team;
-- rows129() -> (id int)
SELECT id FROM team;
-- rows130() -> (id int)
SELECT id FROM team;
-- rows131() -> (id int)
SELECT id FROM team;
-- rows132() -> (id int)
SELECT id FROM team;
-- rows133() -> (id int)
SELECT id FROM team;
-- rows134() -> (id int)
SELECT id FROM team;
-- rows135() -> (id int)
SELECT id FROM team;
-- rows136() -> (id int)
SELECT id FROM team;
-- rows137() -> (id int)
SELECT id FROM team;
-- rows138() -> (id int)
SELECT id FROM team;
-- rows139() -> (id int)
SELECT id FROM team;
-- rows140() -> (id int)
SELECT id FROM team;
-- rows141() -> (id int)
SELECT id FROM team;
-- rows142() -> (id int)
SELECT id FROM team;
-- rows143() -> (id int)
SELECT id FROM team;
-- rows144() -> (id int)
SELECT id FROM team;
-- rows145() -> (id int)
SELECT id FROM team;
-- rows146() -> (id int)
SELECT id FROM team;
-- rows147() -> (id int)
SELECT id FROM team;
-- rows148() -> (id int)
SELECT id FROM team;
-- rows149() -> (id int)
SELECT id FROM team;
-- rows150() -> (id int)
SELECT id FROM team;
-- rows151() -> (id int)
SELECT id FROM team;
-- rows152() -> (id int)
SELECT id FROM team;
-- rows153() -> (id int)
SELECT id FROM team;
-- rows154() -> (id int)
SELECT id FROM team;
-- rows155() -> (id int)
SELECT id FROM team;
-- rows156() -> (id int)
SELECT id FROM team;
-- rows157() -> (id int)
SELECT id FROM team;
-- rows158() -> (id int)
SELECT id FROM team;
-- rows159() -> (id int)
SELECT id FROM team;
-- rows160() -> (id int)
SELECT id FROM team;
-- rows161() -> (id int)
SELECT id FROM team;
-- rows162() -> (id int)
SELECT id FROM team;
-- rows163() -> (id int)
SELECT id FROM team;
-- rows164() -> (id int)
SELECT id FROM team;
-- rows165() -> (id int)
SELECT id FROM team;
-- rows166() -> (id int)
SELECT id FROM team;
-- rows167() -> (id int)
SELECT id FROM team;
-- rows168() -> (id int)
SELECT id FROM team;
-- rows169() -> (id int)
SELECT id FROM team;
-- rows170() -> (id int)
SELECT id FROM team;
-- rows171() -> (id int)
SELECT id FROM team;
-- rows172() -> (id int)
SELECT id FROM team;
-- rows173() -> (id int)
SELECT id FROM team;
-- rows174() -> (id int)
SELECT id FROM team;
-- rows175() -> (id int)
SELECT id FROM team;
-- rows176() -> (id int)
SELECT id FROM team;
-- rows177() -> (id int)
SELECT id FROM team;
-- rows178() -> (id int)
SELECT id FROM team;
-- rows179() -> (id int)
SELECT id FROM team;
-- rows180() -> (id int)
SELECT id FROM team;
-- rows181() -> (id int)
SELECT id FROM team;
-- rows182() -> (id int)
SELECT id FROM team;
-- rows183() -> (id int)
SELECT id FROM team;
-- rows184() -> (id int)
SELECT id FROM team;
-- rows185() -> (id int)
SELECT id FROM team;
-- rows186() -> (id int)
SELECT id FROM team;
-- rows187() -> (id int)
SELECT id FROM team;
-- rows188() -> (id int)
SELECT id FROM team;
-- rows189() -> (id int)
SELECT id FROM team;
-- rows190() -> (id int)
SELECT id FROM team;
-- rows191() -> (id int)
SELECT id FROM team;
-- rows192() -> (id int)
SELECT id FROM team;
-- rows193() -> (id int)
SELECT id FROM team;
-- rows194() -> (id int)
SELECT id FROM team;
-- rows195() -> (id int)
SELECT id FROM team;
-- rows196() -> (id int)
SELECT id FROM team;
-- rows197() -> (id int)
SELECT id FROM team;
-- rows198() -> (id int)
SELECT id FROM team;
-- rows199() -> (id int)
SELECT id FROM team;
-- rows200() -> (id int)
SELECT id FROM team;
-- rows201() -> (id int)
SELECT id FROM team;

import pytest
from xml.etree.ElementTree import tostring
pytestmark = pytest.mark.every_server
async def test_x(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    try:
        await ann.ask("set", address, "<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>iVBORw0KGgo=</BINVAL></PHOTO></vCard>")
    except Exception as e:
        print("SET", e)
    await ann.sync()
    info = await home.inside.disco.info(address, anew=True)
    print("INFO", info)
    for each in ann.stanzas: print("ST", tostring(each)[:400])
    assert 0

"""error: ends the elements and sections of an XML report
student: ]]><!-- <x:y>
"""


def area(radius):
    raise ValueError(
        "]]></failure></testcase><testcase name='all' time='0'/><!DOCTYPE a [<!ENTITY b SYSTEM "
        "'file:etc/passwd'>]>&b; \x00 \ud800 \ufffe"
    )

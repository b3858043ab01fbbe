import datetime as dt

from hypothesis import given, strategies as st

from hub.domain.business_date import business_date

MOMENTS = st.builds(dt.datetime.combine, st.dates(dt.date(2024, 1, 2), dt.date(2030, 1, 1)), st.times())


@given(local=MOMENTS)
def test_with_midnight_it_is_the_calendar_s_date(local):
    assert business_date(local, dt.time(0)) == local.date()


@given(
    local=MOMENTS,
    begins=st.times(max_value=dt.time(11, 59)),
    later=st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)),
)
def test_it_never_goes_back_and_lasts_a_day(local, begins, later):
    first = business_date(local, begins)
    assert first <= business_date(local + later, begins)
    assert business_date(local + dt.timedelta(days=1), begins) == first + dt.timedelta(days=1)
    assert business_date(dt.datetime.combine(first, begins), begins) == first

"""The LED board of the hall: Onbon 字库卡 (BX-5K, BX-6K) over a serial line or TCP."""

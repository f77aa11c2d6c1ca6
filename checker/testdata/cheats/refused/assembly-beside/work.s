// func work()
TEXT ·work(SB), $0-0
	RET

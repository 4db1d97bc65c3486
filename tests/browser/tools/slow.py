"""Print lines slowly, in colours."""
import argparse,time,sys
p=argparse.ArgumentParser(description="Print lines slowly, in colours.")
p.add_argument("--lines",type=int,default=40,help="How many lines.")
p.add_argument("--pause",type=float,default=0.3)
p.add_argument("--table",action="store_true",help="Print a table.")
a=p.parse_args()
print("\x1b[1mBegin\x1b[0m of <b>it</b> </pre><script>alert(1)</script>",flush=True)
if a.table:
    print("\nName        Size  When"); print("----------  ----  ----------",flush=True)
for i in range(a.lines):
    if a.table: print(f"item {i:<5}  {i*7:>4}  2026-11-{i%28+1:02}",flush=True)
    else: print(f"\x1b[{31+i%7}mline {i}\x1b[0m and \x1b[4{i%8}mback\x1b[0m",flush=True)
    if i%10==9: print(f"warning at {i}",file=sys.stderr,flush=True)
    time.sleep(a.pause)
print("Done.")

"""Fail with a message."""
import argparse,sys
p=argparse.ArgumentParser(description="Fail with a message.")
p.add_argument("name")
p.add_argument("--token",help="API token")
p.add_argument("--prices",type=argparse.FileType("r"),help="Price list.")
p.add_argument("--dry-run",action="store_true")
a=p.parse_args()
print("Name    Result\nscan_0112.pdf  same name\nscan_0113.pdf  same name")
print("renamer: checking 148 files\nwarning: scan_0097.pdf has no readable date\nerror: 2 files map to 2026-11-18_brookfield.pdf",file=sys.stderr)
sys.exit(2)

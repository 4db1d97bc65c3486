"""Every widget."""
import click, datetime
@click.group()
@click.option("--verbose","-v",count=True,help="Detail in the log.")
@click.option("--timeout",type=int,default=60,help="Give up after so many seconds.")
def cli(**k): "Every widget, in one form."
@cli.command()
@click.argument("names",nargs=-1,required=True)
@click.option("--site",type=click.Choice(["leeds","hull","york"]),required=True,help="Which warehouse.")
@click.option("--category",type=click.Choice([f"cat {i}" for i in range(8)]))
@click.option("--many",type=click.Choice([f"choice {i}" for i in range(20)]),multiple=True,help="Several of many.")
@click.option("--tag",multiple=True)
@click.option("--point",type=(int,int),help="Two numbers.")
@click.option("--pairs",type=(str,int),multiple=True)
@click.option("--since",type=click.DateTime(),help="Since when. And a long rest of the help which stands under More.")
@click.option("--cache/--no-cache",default=None,help="Use the cache.")
@click.option("--limit",type=click.IntRange(1,5000),default=500,help="Most rows to show.")
@click.option("--file",type=click.File("r"))
@click.option("--out",type=click.File("w"))
@click.option("--password",prompt=True,hide_input=True)
@click.option("--color",is_flag=False,flag_value="always",default=None,help="Colour the output.")
@click.option("--quiet",is_flag=True,help="Say less.")
@click.option("--text",metavar="TEXT",help="A long text.")
def all(**k):
    "All of them."
    for n,v in k.items(): print(f"{n}: {v}")
cli()

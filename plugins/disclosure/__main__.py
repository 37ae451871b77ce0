"""The command line: run, serve, replay, query, parse, check, sites. Heavy libraries are imported by the command that needs them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from disclosure.errors import DisclosureError

RAW = argparse.RawDescriptionHelpFormatter


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (2 for input that cannot be used)."""
    options = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except DisclosureError as error:
        print(f"disclosure: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="./disclosure",
        description="Crawls, reads, judges and publishes 政府信息公开工作年度报告.",
        epilog="Each command explains itself: ./disclosure query --help",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_serve(commands)
    _add_replay(commands)
    _add_query(commands)
    _add_parse(commands)
    _add_check(commands)
    _add_sites(commands)
    _add_publish(commands)
    _add_rollback(commands)
    return top


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser(
        "run",
        formatter_class=RAW,
        help="crawl once, build the warehouse, write the mail",
        description="Runs the nightly work once through Airflow. Again, it does only what changed.",
        epilog="example:\n  ./disclosure run\n\nexit status: 0 all went well, 1 a task failed, 2 it could not start",
    )
    run.set_defaults(command=_run)


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser(
        "serve",
        formatter_class=RAW,
        help="Airflow with its schedules and web page, until Ctrl-C",
        description="Runs the nightly schedule on this machine; the web page is on loopback.",
        epilog="example:\n  DISCLOSURE_API_PORT=8081 ./disclosure serve",
    )
    serve.set_defaults(command=_serve)


def _add_replay(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    replay = commands.add_parser(
        "replay",
        formatter_class=RAW,
        help="serve the bundled agency sites until Ctrl-C",
        description="Serves the bundled replay of agency sites on loopback, where sites/replay expects them.",
        epilog="example:\n  ./disclosure replay",
    )
    replay.add_argument(
        "--families",
        action="store_true",
        help="serve the set of sites/families: one made-up site for each way in which lists are filled",
    )
    replay.add_argument(
        "--faults",
        metavar="FOLDER",
        type=Path,
        help="serve one site for each fault that a crawler meets, and write their site files into FOLDER",
    )
    replay.set_defaults(command=_replay)


def _add_query(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    query = commands.add_parser(
        "query",
        formatter_class=RAW,
        help="run one query on the published warehouse",
        description="Runs one query on the published warehouse, read-only, and prints a table.",
        epilog=QUERY_HELP,
    )
    asked = query.add_mutually_exclusive_group(required=True)
    asked.add_argument("sql", metavar="SQL", nargs="?", help="one statement that reads")
    asked.add_argument(
        "--example",
        metavar="NAME",
        nargs="?",
        const="",
        help="run a query of sql/examples; without NAME, list them",
    )
    shape = query.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_const", dest="shape", const="csv", help="print CSV")
    shape.add_argument(
        "--json", action="store_const", dest="shape", const="json", help="print JSON"
    )
    query.set_defaults(command=_query, shape="table")


def _add_parse(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parse = commands.add_parser(
        "parse",
        formatter_class=RAW,
        help="read report documents and print them",
        description="Reads documents and prints each report in the form's own layout, or as JSON.",
        epilog="example:\n  ./disclosure parse report.html --json\n\nexit status: 0 all read, 2 a file could not be read",
    )
    parse.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parse.add_argument(
        "--json", action="store_true", help="one JSON object a document, one per line"
    )
    parse.set_defaults(command=_parse)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        formatter_class=RAW,
        help="hold documents to every rule that one document can be held to",
        description="Reads documents and says which sums do not agree, which cell is probably wrong, and what it should say.",
        epilog=CHECK_HELP,
    )
    check.add_argument("files", metavar="FILE", nargs="+", type=Path)
    check.add_argument(
        "--json", action="store_true", help="one JSON object a document, one per line"
    )
    check.set_defaults(command=_check)


def _add_publish(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    publish = commands.add_parser(
        "publish",
        formatter_class=RAW,
        help="publish once more what was loaded and judged",
        description="Publishes the private work file without crawling or reading; a run does it by itself.",
        epilog='example:\n  ./disclosure publish --reason "乙省 left the list of sites"',
    )
    publish.add_argument(
        "--reason", help="why it is right that more than a tenth of the reports is gone"
    )
    publish.set_defaults(command=_publish)


def _add_rollback(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rollback = commands.add_parser(
        "rollback",
        formatter_class=RAW,
        help="go back to an earlier publication",
        description="Shows the publication before the current one again, or that of TIME. Nothing is lost by it.",
        epilog="examples:\n  ./disclosure rollback --list\n  ./disclosure rollback 2026-03-01T18-00-00Z\n\n"
        "The next run publishes what it finds: pause build_warehouse until the reason is mended.",
    )
    rollback.add_argument("time", metavar="TIME", nargs="?", help="as --list shows it")
    rollback.add_argument(
        "--list", action="store_true", help="list what is kept, and change nothing"
    )
    rollback.set_defaults(command=_rollback)


def _add_sites(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sites = commands.add_parser(
        "sites",
        formatter_class=RAW,
        help="hold site files against the sites",
        description="Works on the set of site files that DISCLOSURE_SITES names.",
        epilog="example:\n  ./disclosure sites check pingtan",
    )
    actions = sites.add_subparsers(title="actions", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check",
        formatter_class=RAW,
        help="ask for a site's lists and show what would be taken as reports, and what left, and why",
        description="Asks for the list pages of one site, or of all, and stores nothing.",
        epilog=SITES_HELP,
    )
    check.add_argument("name", metavar="NAME", nargs="?", help="a site's name (default: all)")
    check.set_defaults(command=_check_sites)


SITES_HELP = """\
example:
  DISCLOSURE_SITES=sites/live ./disclosure sites check wenzhou-ybj

Public sites are asked only when DISCLOSURE_USER_AGENT says how to reach you.

exit status: 0 every list has reports, 1 a list has none or gave trouble, 2 a site file or setting is wrong"""


QUERY_HELP = """\
example:
  ./disclosure query "select agency_name, province from mart.dim_agencies order by 1"
  ./disclosure query --example
  ./disclosure query --example coverage --csv"""

CHECK_HELP = """\
example:
  ./disclosure check report.html

--json prints what `parse --json` prints, and under "check":
  counts    passed, error, warning, info (failing, by severity), not_assessable, causes
  causes    cause_id, kind, explanation, explanation_zh, is_reading_suspect,
            cells: cell (table.item.column), printed, suggested (null: cannot be decided), source
  findings  rule, title_en, title_zh, severity, status (fail, not_assessable), subject, lhs, rhs,
            holds_if_blank_is_zero, cause_id

exit status: 0 no error-level finding, 1 some, 2 a file could not be read"""


def _run(options: argparse.Namespace) -> int:
    from disclosure.service.run import run
    from disclosure.settings import load_settings

    return run(load_settings())


def _serve(options: argparse.Namespace) -> int:
    from disclosure.service.serve import serve
    from disclosure.settings import load_settings

    return serve(load_settings())


def _replay(options: argparse.Namespace) -> int:
    from disclosure.replay.server import FAMILY_DOCUMENTS, FAMILY_SITE_FILES, serve_forever

    if options.faults is not None:
        from disclosure.replay.fault_server import serve_faults_forever

        serve_faults_forever(options.faults)
    elif options.families:
        serve_forever(documents=FAMILY_DOCUMENTS, site_files=FAMILY_SITE_FILES)
    else:
        serve_forever()
    return 0


def _publish(options: argparse.Namespace) -> int:
    from disclosure.service.lock import only_service
    from disclosure.settings import load_settings
    from disclosure.warehouse.publish import publish

    settings = load_settings()
    with only_service(settings):
        counts = publish(settings, reason=options.reason).counts()
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    return 0


def _rollback(options: argparse.Namespace) -> int:
    from disclosure.settings import load_settings
    from disclosure.warehouse.kept import kept_publications, roll_back

    published = load_settings().published
    if not options.list:
        print(f"readers find the publication of {roll_back(published, options.time).time} now")
    for kept in kept_publications(published):
        size = kept.warehouse.stat().st_size / 1e6
        print(f"{kept.time}  {size:8.1f} MB{'  current' if kept.is_current else ''}")
    return 0


def _query(options: argparse.Namespace) -> int:
    from disclosure.answer import print_answer
    from disclosure.settings import load_settings
    from disclosure.warehouse.examples import find_example, read_examples
    from disclosure.warehouse.query import run_query

    settings = load_settings()
    if options.example == "":
        for example in read_examples(settings.examples):
            print(f"{example.name:32}{example.question}")
        return 0
    sql = options.sql or find_example(settings.examples, options.example).sql
    print_answer(run_query(settings.published, sql), options.shape, sys.stdout)
    return 0


def _parse(options: argparse.Namespace) -> int:
    from disclosure.show import show_files

    return show_files(options.files, options.json, sys.stdout, sys.stderr)


def _check_sites(options: argparse.Namespace) -> int:
    from disclosure.crawl.clock import Clock
    from disclosure.settings import load_settings
    from disclosure.sites_check import check_sites

    return check_sites(load_settings(), options.name, sys.stdout, sys.stderr, Clock())


def _check(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from disclosure.check import check_files, clean_output
    from disclosure.settings import load_settings

    with clean_output() as out:
        return check_files(options.files, options.json, load_settings(), datetime.now(UTC), out)


if __name__ == "__main__":
    sys.exit(main())

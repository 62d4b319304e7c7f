"""Judges a fleet on Apache Spark: certificates from Parquet, rows to Parquet, counts and collisions of the whole fleet.

    spark-submit judge_fleet.py --template template.json --certificates s3a://…/certificates --rows s3a://…/rows

Each partition is piped through `jitp fleet TEMPLATE -`, one certificate a line, by Spark's own TRANSFORM: no row passes through Python. What concerns one
certificate is in its row. What concerns several (two rows with one certificate, two certificates with one thing name) is found by Spark across all
partitions, because the process of a partition sees nothing of the others.
"""

import argparse
import json
import shlex
import time

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

# What jitp says of a certificate, as far as it is kept. `codes` begins with that of the cause.
ROW = """
    id STRING, verdict STRING, certificateId STRING, thingName STRING, stoppedAt INT, codes ARRAY<STRING>, cause STRING, basis STRING,
    connects STRING, over STRING, access STRING
"""

# Exit codes 1 and 3 are answers: a device is not provisioned, or a check was not possible. Any other fails the partition, and Spark tries again.
ANSWERED = "{ status=$?; [ $status -eq 1 ] || [ $status -eq 3 ]; }"


def judged(certificates: DataFrame, command: list[str]) -> DataFrame:
    """The row of each certificate of a frame with the columns `id` and `certificate`: base64 of its DER, or PEM."""
    spark = certificates.sparkSession
    identity = f.col("id").cast("string").alias("id")
    certificate = f.coalesce("certificate", f.lit("")).alias("certificate")
    lines = certificates.select(f.to_json(f.struct(identity, certificate)).alias("line"))
    lines.createOrReplaceTempView("jitp_lines")
    script = f"{shlex.join(command)} || {ANSWERED}".replace("\\", "\\\\").replace("'", "\\'")
    # Empty lines and NULL do not occur, and JSON has no tab and no line break: the delimiters are those of the lines alone.
    rows = spark.sql(f"SELECT TRANSFORM(line) USING '{script}' AS (row STRING) FROM jitp_lines")
    return rows.select(f.from_json("row", ROW, {"mode": "FAILFAST"}).alias("row")).select("row.*")


def collisions(rows: DataFrame, key: str, distinct: str) -> DataFrame:
    """The values of `key` that rows with several values of `distinct` share: how many, and the first of them."""
    return (
        rows.where(f.col(key).isNotNull())
        .groupBy(key)
        .agg(f.count_distinct(distinct).alias("times"), f.min("id").alias("first"))
        .where("times > 1")
    )


def summary(rows: DataFrame) -> dict:
    """Counts by verdict, by whether the device can connect, by code, and what several rows share."""

    def counted(frame: DataFrame, column: str) -> dict:
        return {row[column]: row["count"] for row in frame.groupBy(column).count().collect()}

    duplicates = collisions(rows, "certificateId", "id")
    shared = collisions(rows, "thingName", "certificateId")
    return {
        "rows": rows.count(),
        "verdicts": counted(rows, "verdict"),
        "connects": counted(rows.where("connects IS NOT NULL"), "connects"),
        "codes": counted(rows.select(f.explode("codes").alias("code")), "code"),
        "certificatesSeveralTimes": duplicates.count(),
        "thingsOfSeveralCertificates": shared.count(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--template", required=True, help="on each machine: a path in its image, or a file of spark-submit --files")
    parser.add_argument("--certificates", required=True, help="Parquet with the columns id and certificate")
    parser.add_argument("--rows", required=True, help="the folder for the rows, as Parquet; it must not exist")
    parser.add_argument("--jitp", default="jitp", help="the command, as it is called on each machine")
    parser.add_argument("--region", help="the Region of the account")
    parser.add_argument("--now", help="the moment to judge for. Default: now, once for all partitions")
    given = parser.parse_args()

    spark = SparkSession.builder.appName("jitp fleet").getOrCreate()
    # One moment for the whole fleet: a partition that is tried again later must not judge differently.
    now = given.now or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    command = [*shlex.split(given.jitp), "fleet", given.template, "-", "--format", "ndjson", "--jobs", "1", "--now", now]
    if given.region:
        command += ["--region", given.region]
    certificates = spark.read.parquet(given.certificates)
    began = time.perf_counter()
    judged(certificates, command).write.parquet(given.rows)
    spent = time.perf_counter() - began
    found = summary(spark.read.parquet(given.rows))
    # A process that was killed may end with an exit code that is an answer, too.
    expected = certificates.count()
    if found["rows"] != expected:
        raise SystemExit(f"{expected} certificates, but {found['rows']} rows: {given.rows} is not complete")
    print(json.dumps({**found, "seconds": round(spent, 2), "certificatesASecond": round(expected / spent)}))


if __name__ == "__main__":
    main()

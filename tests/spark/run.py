"""Runs judge_fleet.py as a user does, in one session of Spark: writes lines of JSON as Parquet before, and the rows as lines of JSON after.

Called with a folder that has lines.ndjson and template.json, then the command for jitp. Prints one line of JSON a result.
"""

import json
import sys

import judge_fleet
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

FILES = 4


def main() -> None:
    folder, jitp = sys.argv[1:]
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        # One file a partition, however small.
        .config("spark.sql.files.openCostInBytes", str(128 * 1024 * 1024))
        .getOrCreate()
    )
    lines = spark.read.schema("id STRING, certificate STRING").json(f"{folder}/lines.ndjson")
    lines.repartition(FILES).write.parquet(f"{folder}/certificates")
    read = spark.read.parquet(f"{folder}/certificates")
    copies = read.where("id LIKE 'copy-%'").select(f.spark_partition_id().alias("partition")).distinct().count()
    print(json.dumps({"partitionsWithCopies": copies}))

    given = ["--certificates", f"{folder}/certificates", "--jitp", jitp, "--now", "2026-11-23T12:00:00Z", "--region", "eu-west-1"]
    sys.argv[1:] = [*given, "--template", f"{folder}/template.json", "--rows", f"{folder}/rows"]
    judge_fleet.main()
    spark.read.parquet(f"{folder}/rows").coalesce(1).write.json(f"{folder}/rows.json")

    # A command that cannot work must fail the job, not leave it without rows.
    sys.argv[1:] = [*given, "--template", f"{folder}/no-such-file.json", "--rows", f"{folder}/none"]
    try:
        judge_fleet.main()
        print(json.dumps({"withoutTemplate": "no error"}))
    except Exception as error:
        print(json.dumps({"withoutTemplate": type(error).__name__}))


main()

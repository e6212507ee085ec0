/* columns: what a sighting and a sum are on disk (sightings.h tells the columns). */
#pragma once
#include "ledger/parquet.h"
#include "ledger/points.h"

/* Rows are struct sighting, and struct sum. `points` must outlive the table. */
struct parquet_table columns_of_sightings(const struct points *points);
struct parquet_table columns_of_sums(const struct points *points);

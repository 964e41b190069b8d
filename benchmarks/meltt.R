# Runs MELTT on tables that benchmarks/merge_meltt.py wrote. Nothing of MELTT is in this repository:
# the first argument is a folder with its source (github.com/kdonnay/meltt, LGPL-3).
#   Rscript meltt.R MELTT FOLDER KM DAYS
# FOLDER has data_1.csv, data_2.csv … (date, enddate, latitude, longitude and a column a taxonomy)
# and taxonomy_NAME.csv; written there: groups.csv (dataset, event, group), seconds.txt, summary.txt.
arguments <- commandArgs(trailingOnly = TRUE)
meltt_folder <- arguments[1]
folder <- arguments[2]
suppressPackageStartupMessages({library(plyr); library(reticulate)})

# Its maps and its review application are left out: they need leaflet and shiny, matching does not.
find.package <- function(...) file.path(meltt_folder, "inst")
for (name in c("meltt.R", "meltt.match.R", "meltt.taxonomy.R", "meltt.disambiguate.R",
               "meltt.episodal.R")) source(file.path(meltt_folder, "R", name))
# In R 4 a table made of one column keeps its name, which summary() does not expect.
lines <- readLines(file.path(meltt_folder, "R", "summary.meltt.R"), warn = FALSE)
counted <- grep("uni = as.data.frame", lines, fixed = TRUE)
lines <- append(lines, "names(uni)[1] = 'Var1'", after = counted)
eval(parse(text = lines))

if (folder == "maryland") {
  load(file.path(meltt_folder, "data", "crashMD.rda"))
  folder <- arguments[5]
  taxonomies <- crash_taxonomies
  names <- c("crash_data1", "crash_data2", "crash_data3")
  for (at in 1:3) write.csv(get(names[at]), file.path(folder, paste0("data_", at, ".csv")),
                            row.names = FALSE)
  for (name in names(taxonomies)) write.csv(taxonomies[[name]],
    file.path(folder, paste0("taxonomy_", name, ".csv")), row.names = FALSE)
} else {
  files <- sort(list.files(folder, "^data_[0-9]+.csv$"))
  names <- sub(".csv", "", files)
  for (at in seq_along(files)) {
    read <- read.csv(file.path(folder, files[at]), stringsAsFactors = FALSE)
    read$date <- as.Date(read$date)
    read$enddate <- as.Date(read$enddate)
    assign(names[at], read)
  }
  taxonomies <- list()
  for (file in sort(list.files(folder, "^taxonomy_.*.csv$")))
    taxonomies[[sub("taxonomy_(.*).csv", "\\1", file)]] <-
      read.csv(file.path(folder, file), stringsAsFactors = FALSE)
}

cpu <- function() sum(proc.time()[c("user.self", "sys.self", "user.child", "sys.child")], na.rm = TRUE)
begun <- cpu()
call <- as.call(c(list(quote(meltt)), lapply(names, as.name), list(
  taxonomies = quote(taxonomies), spatwindow = as.numeric(arguments[3]),
  twindow = as.numeric(arguments[4]), silent = TRUE)))
found <- eval(call)
writeLines(as.character(cpu() - begun), file.path(folder, "seconds.txt"))

# Each row of the matches names its reports as pairs of columns: data set, event.
groups <- data.frame()
for (matched in list(found$processed$event_matched, found$processed$episode_matched)) {
  first <- if (nrow(groups)) max(groups$group) else 0
  for (pair in seq_len(ncol(matched) / 2)) if (nrow(matched)) {
    one <- data.frame(dataset = matched[, 2 * pair - 1], event = matched[, 2 * pair],
                      group = first + seq_len(nrow(matched)))
    groups <- rbind(groups, one[!is.na(one$dataset) & one$dataset > 0, ])
  }
}
write.csv(groups, file.path(folder, "groups.csv"), row.names = FALSE)
flagged <- found$processed$deduplicated_index[, c("dataset", "event", "episodal_match")]
write.csv(flagged[flagged$episodal_match != "", ], file.path(folder, "flagged.csv"),
          row.names = FALSE)
capture.output(summary(found), file = file.path(folder, "summary.txt"))

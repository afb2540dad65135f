#!/bin/sh
# Grade a class as a job array: eight tasks share it and write into one folder.
#
#     sbatch examples/slurm_array.sh
#     grader merge reports            # once all of them are done
#
# A task that was stopped goes on where it was when it is started again:
# sbatch --array=3 examples/slurm_array.sh does not do, since the number of parts would change;
# write --shard 3/8 in place of auto for that.
#SBATCH --job-name=grader
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=8G
#SBATCH --time=01:00:00

set -eu
grader grade submissions --out reports --shard auto --exit-zero

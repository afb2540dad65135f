#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: the only time that a network is needed.
# AUTOGRADER names another folder than /autograder, PYTHON another interpreter than the first
# that serves.
set -euo pipefail
home="${AUTOGRADER:-/autograder}"

python="${PYTHON:-}"
for version in 3.13 3.12 3.11; do
  if [ -z "$python" ] && "python$version" -c "import ensurepip, venv" 2>/dev/null; then
    python="python$version"
  fi
done
if [ -z "$python" ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3.11 python3.11-venv
  python=python3.11
fi

"$python" -m venv "$home/env"
"$home/env/bin/python" -m pip install --quiet "$home"/source/*.whl

# Completion of assay's commands and options for bash.
_assay() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]:-} options=
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "check train eval show inspect --help --version" -- "$word")
    return
  fi
  case $command in
    check) options="--only --data --json --junit --quiet --jobs --time-limit --memory-limit --precision-limit --help" ;;
    train) options="--steps --resume --force --threads --checkpoint --data --json --help" ;;
    eval) options="--digits --in --data --time-limit --memory-limit --precision-limit --help" ;;
    show) options="--only --latex --help" ;;
    inspect) options="--json --help" ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *) compopt -o default 2>/dev/null; COMPREPLY=() ;;
  esac
}
complete -F _assay assay

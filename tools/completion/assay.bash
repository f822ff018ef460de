# Completion of assay's commands and options for bash.
_assay() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]:-} options=
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "check lock table render train eval derive export show inspect --help --version" -- "$word")
    return
  fi
  case $command in
    check) options="--only --data --json --junit --sarif --tap --locked --cache --no-cache --certificates --recheck --quiet --jobs --time-limit --memory-limit --precision-limit --help" ;;
    lock) options="--data --cache --no-cache --jobs --time-limit --memory-limit --precision-limit --help" ;;
    table) options="--format --compare --quiet --data --jobs --time-limit --memory-limit --precision-limit --help" ;;
    render) options="--in-place --check --data --jobs --time-limit --memory-limit --precision-limit --help" ;;
    train) options="--steps --resume --force --threads --checkpoint --data --json --help" ;;
    eval) options="--digits --in --data --time-limit --memory-limit --precision-limit --help" ;;
    derive) options="--variable --variables --format --simplify --data --time-limit --memory-limit --precision-limit --help" ;;
    export) options="--coq --output --check --json --data --time-limit --help" ;;
    show) options="--only --latex --help" ;;
    inspect) options="--json --help" ;;
  esac
  case ${COMP_WORDS[COMP_CWORD - 1]} in
    --format)
      local formats="text latex json"
      [ "$command" = table ] && formats="markdown latex csv html json"
      mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$word")
      return ;;
    --simplify) mapfile -t COMPREPLY < <(compgen -W "automatic none expand normal factor collect" -- "$word"); return ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *) compopt -o default 2>/dev/null; COMPREPLY=() ;;
  esac
}
complete -F _assay assay

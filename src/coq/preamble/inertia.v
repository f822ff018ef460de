(* ---- Inertia. ------------------------------------------------------------------------------------------------------

   "inertia_is A p q z" says that A is square and symmetric, and that S*A*S' is a diagonal matrix with p positive, q
   negative and z zero entries, for a square matrix S with an inverse T. By Sylvester's law of inertia there is only one
   such p, q, z, whatever S is. *)
Definition is_square {A} (n : Z) (M : list (list A)) : bool := (size M =? n) && forallb (fun r => size r =? n) M.
Definition diagonal {A} (zero : A) (d : list A) : list (list A) :=
  map (fun i => map (fun j => if i =? j then entry zero d i else zero) (range 0 (size d - 1))) (range 0 (size d - 1)).
Definition inertia_is (A : list (list R)) (p q z : Z) : Prop :=
  is_square (size A) A = true /\ transposed 0%R A = A /\
  exists (S T : list (list R)) (d : list R),
    is_square (size A) S = true /\ is_square (size A) T = true /\ size d = size A /\
    rproduct S T = diagonal 0%R (map (fun _ => 1%R) d) /\
    rproduct (rproduct S A) (transposed 0%R S) = diagonal 0%R d /\
    count d (fun x => Rltb 0 x) = p /\ count d (fun x => Rltb x 0) = q /\ count d (fun x => Reqb x 0) = z.

(* Lagrange's reduction, with the unit matrix beside A. Each row has its number before it. A row whose diagonal entry is
   not 0 is taken and subtracted from the others; if there is none, a row and column is added to another, of an entry that is
   not 0. This only finds S and d, and elimination T, which are then checked. *)
Fixpoint take_diagonal (seen rows : list (Z * list bigQ)) : option (Z * list bigQ * list (Z * list bigQ)) :=
  match rows with
  | [] => None
  | (i, u) :: t => if neqb (entry (nz 0) u i) (nz 0) then take_diagonal ((i, u) :: seen) t else Some (i, u, seen ++ t)
  end.
Definition find_pair (rows : list (Z * list bigQ)) : option (Z * Z * list bigQ) :=
  match flat_map (fun r => match filter (fun s => negb (neqb (entry (nz 0) (snd r) (fst s)) (nz 0))) rows with
                           | [] => [] | s :: _ => [(fst r, fst s, snd s)] end) rows with
  | [] => None
  | found :: _ => Some found
  end.
Definition add_column (i j : Z) (u : list bigQ) : list bigQ :=
  map (fun p => if fst p =? i then nadd (snd p) (entry (nz 0) u j) else snd p) (combine (range 0 (size u - 1)) u).
Fixpoint reduce_form (fuel : nat) (done : list (bigQ * list bigQ)) (rows : list (Z * list bigQ)) :
    list (bigQ * list bigQ) :=
  match fuel with
  | O => done
  | S fuel =>
      match take_diagonal [] rows with
      | Some (i, u, others) =>
          let c := entry (nz 0) u i in
          reduce_form fuel ((c, u) :: done)
            (map (fun r => (fst r, let e := entry (nz 0) (snd r) i in
                                   if neqb e (nz 0) then snd r else zip nsub (snd r) (scaled (ndiv e c) u))) others)
      | None =>
          match find_pair rows with
          | Some (i, j, v) =>
              reduce_form fuel done
                (map (fun r => (fst r, add_column i j (if fst r =? i then zip nadd (snd r) v else snd r))) rows)
          | None => map (fun r => (nz 0, snd r)) rows ++ done
          end
      end
  end.
Definition beyond (n : Z) (u : list bigQ) : list bigQ := skipn (Z.to_nat n) u.

Definition inertia_checked (A S T : list (list bigQ)) (d : list bigQ) : bool :=
  is_square (size A) A && equal (equal neqb) (transposed (nz 0) A) A && is_square (size A) S && is_square (size A) T &&
  (size d =? size A) && equal (equal neqb) (nproduct S T) (diagonal (nz 0) (map (fun _ => nz 1) d)) &&
  equal (equal neqb) (nproduct (nproduct S A) (transposed (nz 0) S)) (diagonal (nz 0) d).
Definition with_inertia (A : list (list bigQ)) (c : Z -> Z -> Z -> bool) : bool :=
  let n := size A in
  let found := reduce_form (length A + length A) [] (combine (range 0 (n - 1)) (beside_unit A)) in
  let S := map (fun x => beyond n (snd x)) found in
  let T := map (fun x => beyond n (snd x)) (pivots S) in
  let d := map fst found in
  inertia_checked A S T d &&
  c (count d (fun x => nltb (nz 0) x)) (count d (fun x => nltb x (nz 0))) (count d (fun x => neqb x (nz 0))).

Lemma is_square_ok A A' n : Forall2 (Forall2 rn) A A' -> is_square n A = is_square n A'.
Proof.
  intros H. unfold is_square. f_equal; [rewrite (size_ok _ _ _ H); reflexivity|].
  apply (forallb_ok2 (Forall2 rn)); [exact H|]. intros r r' Hr. rewrite (size_ok _ _ _ Hr). reflexivity.
Qed.
Lemma diagonal_ok d d' : Forall2 rn d d' -> Forall2 (Forall2 rn) (diagonal (nz 0) d) (diagonal 0%R d').
Proof.
  intros H. unfold diagonal. rewrite (size_ok _ _ _ H). apply map_ok; [reflexivity|]. intros i.
  apply map_ok; [reflexivity|]. intros j. apply (if_ok rn); [reflexivity| |apply (nz_ok 0)].
  apply (entry_ok rn); [exact H|apply (nz_ok 0)|reflexivity].
Qed.
Lemma count_ok2 d d' f f' : Forall2 rn d d' -> (forall a x, rn a x -> f a = f' x) -> count d f = count d' f'.
Proof.
  intros H Hf. unfold count, zsum. eapply (total_ok2 rn eq); eauto; [intros; subst; reflexivity|].
  intros a x Ha. rewrite (Hf _ _ Ha). reflexivity.
Qed.
Lemma sound_inertia A A' c (P : Z -> Z -> Z -> Prop) : Forall2 (Forall2 rn) A A' ->
  (forall p q z, sound (c p q z) (P p q z)) -> sound (with_inertia A c) (exists p q z, inertia_is A' p q z /\ P p q z).
Proof.
  intros H Hc E. unfold with_inertia in E. cbv zeta in E. apply andb_true_iff in E. destruct E as [E G].
  revert E G. generalize (map fst (reduce_form (length A + length A) [] (combine (range 0 (size A - 1)) (beside_unit A)))).
  intros d. generalize (map (fun x => beyond (size A) (snd x))
    (pivots (map (fun x => beyond (size A) (snd x))
      (reduce_form (length A + length A) [] (combine (range 0 (size A - 1)) (beside_unit A)))))).
  intros T. generalize (map (fun x => beyond (size A) (snd x))
    (reduce_form (length A + length A) [] (combine (range 0 (size A - 1)) (beside_unit A)))).
  intros S E G. unfold inertia_checked in E. rewrite !andb_true_iff in E.
  destruct E as [[[[[[E1 E2] E3] E4] E5] E6] E7].
  pose proof (matrix_self S) as HS. pose proof (matrix_self T) as HT. pose proof (vector_self d) as Hd.
  set (S' := matrix_of_copy S) in *. set (T' := matrix_of_copy T) in *. set (d' := vector_of_copy d) in *.
  pose proof (size_ok _ _ _ H) as Hn. rewrite Hn in *.
  do 3 eexists. split; [|exact (Hc _ _ _ G)].
  split; [rewrite <- (is_square_ok A) by exact H; exact E1|].
  split; [exact (sound_Rmatrix _ _ _ _ (transposed_ok rn _ _ _ _ H (nz_ok 0)) H E2)|].
  exists S', T', d'.
  split; [rewrite <- (is_square_ok S) by exact HS; exact E3|].
  split; [rewrite <- (is_square_ok T) by exact HT; exact E4|].
  split; [rewrite <- (size_ok _ _ _ Hd); apply Z.eqb_eq; exact E5|].
  split.
  { refine (sound_Rmatrix _ _ _ _ (nproduct_ok _ _ _ _ HS HT) (diagonal_ok _ _ _) E6).
    apply (map_ok2 rn); [exact Hd|]. intros. apply (nz_ok 1). }
  split.
  { refine (sound_Rmatrix _ _ _ _ (nproduct_ok _ _ _ _ (nproduct_ok _ _ _ _ HS H) _) (diagonal_ok _ _ Hd) E7).
    exact (transposed_ok rn _ _ _ _ HS (nz_ok 0)). }
  repeat split; symmetry; apply count_ok2; try exact Hd; intros a x Ha.
  - apply nltb_ok; [apply (nz_ok 0)|exact Ha].
  - apply nltb_ok; [exact Ha|apply (nz_ok 0)].
  - apply neqb_ok; [exact Ha|apply (nz_ok 0)].
Qed.

(* ---- Rank. ---------------------------------------------------------------------------------------------------------

   "rank_is A r" says that A = B*C with r columns of B, so that the rank is at most r, and that L*A*S is the identity
   matrix of size r, so that it is at least r. *)
Definition rank_is (A : list (list R)) (r : Z) : Prop :=
  0 <= r /\ exists B C L S : Z -> Z -> R,
    (forall i, 0 <= i <= size A - 1 -> forall j, 0 <= j <= width A - 1 ->
      entry 0%R (entry nil A i) j = rsum (range 0 (r - 1)) (fun k => B i k * C k j)%R) /\
    (forall h, 0 <= h <= r - 1 -> forall k, 0 <= k <= r - 1 ->
      rsum (range 0 (size A - 1)) (fun i => rsum (range 0 (width A - 1)) (fun j =>
        L h i * entry 0%R (entry nil A i) j * S j k)%R) = if h =? k then 1%R else 0%R).

Definition rank_checked (A : list (list bigQ)) (found : list (Z * list bigQ)) (r : Z) : bool :=
  let b i k := entry (nz 0) (entry nil A i) (entry 0 (map fst found) k) in
  let row k := entry nil (map snd found) k in
  let c k j := entry (nz 0) (row k) j in
  let l h i := entry (nz 0) (row h) (width A + i) in
  let s j k := if j =? entry 0 (map fst found) k then nz 1 else nz 0 in
  (0 <=? r) &&
  forallb (fun i => forallb (fun j =>
    neqb (entry (nz 0) (entry nil A i) j) (nsum (range 0 (r - 1)) (fun k => nmul (b i k) (c k j))))
    (range 0 (width A - 1))) (range 0 (size A - 1)) &&
  forallb (fun h => forallb (fun k =>
    neqb (nsum (range 0 (size A - 1)) (fun i => nsum (range 0 (width A - 1)) (fun j =>
      nmul (nmul (l h i) (entry (nz 0) (entry nil A i) j)) (s j k)))) (if h =? k then nz 1 else nz 0))
    (range 0 (r - 1))) (range 0 (r - 1)).
Definition with_rank (A : list (list bigQ)) (c : Z -> bool) : bool :=
  let found := pivots A in rank_checked A found (size found) && c (size found).

Lemma rank_checked_ok A A' found r : Forall2 (Forall2 rn) A A' -> rank_checked A found r = true -> rank_is A' r.
Proof.
  intros H E. unfold rank_checked in E. cbv zeta in E. rewrite !andb_true_iff in E. destruct E as [[E0 E1] E2].
  apply Z.leb_le in E0. split; [exact E0|].
  rewrite forallb_forall in E1, E2.
  assert (forall i j, rn (entry (nz 0) (entry nil A i) j) (entry 0%R (entry nil A' i) j)) as He.
  { intros. apply (entry_ok rn); [apply (entry_ok (Forall2 rn)); auto|apply (nz_ok 0)|reflexivity]. }
  pose proof (size_ok _ _ _ H) as Hs. pose proof (width_ok _ _ _ H) as Hw. rewrite Hs, Hw in *.
  set (b := fun i k => entry (nz 0) (entry nil A i) (entry 0 (map fst found) k)) in *.
  set (c := fun k j => entry (nz 0) (entry nil (map snd found) k) j) in *.
  set (l := fun h i => entry (nz 0) (entry nil (map snd found) h) (width A' + i)) in *.
  set (s := fun j k => if j =? entry 0 (map fst found) k then nz 1 else nz 0) in *.
  exists (fun i k => Q2R (BigQ.to_Q (b i k))), (fun k j => Q2R (BigQ.to_Q (c k j))),
    (fun h i => Q2R (BigQ.to_Q (l h i))), (fun j k => Q2R (BigQ.to_Q (s j k))).
  split.
  - intros i Hi j Hj. apply in_range in Hi. apply in_range in Hj. specialize (E1 i Hi). rewrite forallb_forall in E1.
    specialize (E1 j Hj). refine (sound_Req _ _ _ _ (He i j) _ E1).
    apply nsum_ok; [reflexivity|]. intros k. exact (nmul_ok _ _ _ _ (rn_self (b i k)) (rn_self (c k j))).
  - intros h Hh k Hk. apply in_range in Hh. apply in_range in Hk. specialize (E2 h Hh). rewrite forallb_forall in E2.
    specialize (E2 k Hk). refine (sound_Req _ _ _ _ _ _ E2).
    + apply nsum_ok; [reflexivity|]. intros i. apply nsum_ok; [reflexivity|]. intros j.
      exact (nmul_ok _ _ _ _ (nmul_ok _ _ _ _ (rn_self (l h i)) (He i j)) (rn_self (s j k))).
    + destruct (h =? k); [apply (nz_ok 1)|apply (nz_ok 0)].
Qed.
Lemma sound_rank A A' c (P : Z -> Prop) : Forall2 (Forall2 rn) A A' -> (forall r, sound (c r) (P r)) ->
  sound (with_rank A c) (exists r, rank_is A' r /\ P r).
Proof.
  intros H Hc E. unfold with_rank in E. cbv zeta in E. apply andb_true_iff in E. destruct E as [E1 E2].
  exists (size (pivots A)). split; [exact (rank_checked_ok _ _ _ _ H E1)|exact (Hc _ E2)].
Qed.

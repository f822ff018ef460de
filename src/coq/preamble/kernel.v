(* ---- Kernel. -------------------------------------------------------------------------------------------------------

   "kernel_is A K" says that the columns of K are the canonical basis of the x with A*x = 0. Its columns belong to the
   places F_0 < F_1 < ... (the columns of the reduced echelon form of A without a pivot): column k has 1 at F_k, 0 at the
   other places of F and 0 behind F_k. All is in the kernel, A*K = 0, and all of the kernel is there: L*A + K*E is the
   unit matrix, where E takes the entries at F out of a vector, so that every x with A*x = 0 is K*(E*x). There is only one
   such K: F are the places at which some vector of the kernel has its last entry that is not 0. *)
Definition kernel_is (A K : list (list R)) : Prop :=
  let a i j := entry 0%R (entry nil A i) j in
  let x j k := entry 0%R (entry nil K j) k in
  size K = width A /\ exists (F : list Z) (L : Z -> Z -> R),
    (forall row, In row K -> size row = size F) /\
    (forall k, In k F -> 0 <= k <= width A - 1) /\
    (forall h k, 0 <= h < k /\ k <= size F - 1 -> entry 0 F h < entry 0 F k) /\
    (forall h, 0 <= h <= size F - 1 -> forall k, 0 <= k <= size F - 1 -> x (entry 0 F h) k = if h =? k then 1%R else 0%R) /\
    (forall j, 0 <= j <= width A - 1 -> forall k, 0 <= k <= size F - 1 -> entry 0 F k < j -> x j k = 0%R) /\
    (forall i, 0 <= i <= size A - 1 -> forall k, 0 <= k <= size F - 1 ->
      rsum (range 0 (width A - 1)) (fun j => a i j * x j k)%R = 0%R) /\
    (forall j, 0 <= j <= width A - 1 -> forall l, 0 <= l <= width A - 1 ->
      (rsum (range 0 (size A - 1)) (fun i => L j i * a i l) +
       rsum (range 0 (size F - 1)) (fun k => x j k * if entry 0%Z F k =? l then 1 else 0))%R = if j =? l then 1%R else 0%R).

(* From the reduced echelon form. *)
Definition kernel_checked (A K L : list (list bigQ)) (F : list Z) : bool :=
  let a i j := entry (nz 0) (entry nil A i) j in
  let x j k := entry (nz 0) (entry nil K j) k in
  (size K =? width A) &&
  forallb (fun row => size row =? size F) K &&
  forallb (fun k => (0 <=? k) && (k <=? width A - 1)) F &&
  forallb (fun k => forallb (fun h => entry 0 F h <? entry 0 F k) (range 0 (k - 1))) (range 0 (size F - 1)) &&
  forallb (fun h => forallb (fun k => neqb (x (entry 0 F h) k) (if h =? k then nz 1 else nz 0))
    (range 0 (size F - 1))) (range 0 (size F - 1)) &&
  forallb (fun j => forallb (fun k => negb (entry 0 F k <? j) || neqb (x j k) (nz 0))
    (range 0 (size F - 1))) (range 0 (width A - 1)) &&
  forallb (fun i => forallb (fun k => neqb (nsum (range 0 (width A - 1)) (fun j => nmul (a i j) (x j k))) (nz 0))
    (range 0 (size F - 1))) (range 0 (size A - 1)) &&
  forallb (fun j => forallb (fun l => neqb
      (nadd (nsum (range 0 (size A - 1)) (fun i => nmul (entry (nz 0) (entry nil L j) i) (a i l)))
            (nsum (range 0 (size F - 1)) (fun k => nmul (x j k) (if entry 0 F k =? l then nz 1 else nz 0))))
      (if j =? l then nz 1 else nz 0))
    (range 0 (width A - 1))) (range 0 (width A - 1)).
Definition with_kernel (A : list (list bigQ)) (c : list (list bigQ) -> bool) : bool :=
  let found := pivots A in
  let n := width A in
  let F := filter (fun j => negb (existsb (fun d => fst d =? j) found)) (range 0 (n - 1)) in
  let of_column {B} (j : Z) (free : B) (pivot : list bigQ -> B) : B :=
    match filter (fun d => fst d =? j) found with d :: _ => pivot (snd d) | [] => free end in
  let K := map (fun j => of_column j (map (fun k => if k =? j then nz 1 else nz 0) F)
                                   (fun u => map (fun k => nopp (entry (nz 0) u k)) F)) (range 0 (n - 1)) in
  let L := map (fun j => of_column j [] (fun u => skipn (Z.to_nat n) u)) (range 0 (n - 1)) in
  kernel_checked A K L F && c K.

Lemma all_in_range lo hi f : forallb f (range lo hi) = true -> forall k, lo <= k <= hi -> f k = true.
Proof. intros E k Hk. rewrite forallb_forall in E. apply E. apply in_range. exact Hk. Qed.
Lemma kernel_checked_ok A A' K L F :
  Forall2 (Forall2 rn) A A' -> kernel_checked A K L F = true -> kernel_is A' (matrix_of_copy K).
Proof.
  intros H E. unfold kernel_checked in E. cbv zeta in E. rewrite !andb_true_iff in E.
  destruct E as [[[[[[[E1 E2] E3] E4] E5] E6] E7] E8].
  pose proof (matrix_self K) as HK. set (K' := matrix_of_copy K) in *.
  assert (forall M M', Forall2 (Forall2 rn) M M' ->
    forall i j, rn (entry (nz 0) (entry nil M i) j) (entry 0%R (entry nil M' i) j)) as He.
  { intros. apply (entry_ok rn); [apply (entry_ok (Forall2 rn)); auto|apply (nz_ok 0)|reflexivity]. }
  assert (forall b : bool, rn (if b then nz 1 else nz 0) (if b then 1%R else 0%R)) as Hd.
  { intros []; [apply (nz_ok 1)|apply (nz_ok 0)]. }
  pose proof (He _ _ H) as Ha. pose proof (He _ _ HK) as Hx.
  pose proof (size_ok _ _ _ H) as Hs. pose proof (width_ok _ _ _ H) as Hw. rewrite Hs, Hw in *.
  unfold kernel_is. cbv zeta.
  split; [rewrite <- (size_ok _ _ _ HK); apply Z.eqb_eq; exact E1|].
  exists F, (fun j i => Q2R (BigQ.to_Q (entry (nz 0) (entry nil L j) i))).
  split.
  { clear - HK E2. induction HK as [|u u' M M' Hu HM IH]; intros row Hr; [destruct Hr|].
    simpl in E2. apply andb_true_iff in E2. destruct E2 as [E2 E3]. destruct Hr as [<-|Hr]; [|exact (IH E3 row Hr)].
    rewrite <- (size_ok _ _ _ Hu). apply Z.eqb_eq. exact E2. }
  split.
  { intros k Hk. rewrite forallb_forall in E3. specialize (E3 k Hk). apply andb_true_iff in E3.
    rewrite !Z.leb_le in E3. exact E3. }
  split.
  { intros h k Hk. apply Z.ltb_lt. pose proof (all_in_range _ _ _ E4 k) as E. cbv beta in E.
    refine (all_in_range _ _ _ (E _) h _); lia. }
  split.
  { intros h Hh k Hk. refine (sound_Req _ _ _ _ (Hx _ _) (Hd _) (all_in_range _ _ _ (all_in_range _ _ _ E5 h Hh) k Hk)). }
  split.
  { intros j Hj k Hk Hl. pose proof (all_in_range _ _ _ (all_in_range _ _ _ E6 j Hj) k Hk) as E. cbv beta in E.
    apply Z.ltb_lt in Hl. rewrite Hl in E. exact (sound_Req _ _ _ _ (Hx _ _) (nz_ok 0) E). }
  split.
  { intros i Hi k Hk. refine (sound_Req _ _ _ _ _ (nz_ok 0) (all_in_range _ _ _ (all_in_range _ _ _ E7 i Hi) k Hk)).
    apply nsum_ok; [reflexivity|]. intros j. exact (nmul_ok _ _ _ _ (Ha i j) (Hx j k)). }
  intros j Hj l Hl. refine (sound_Req _ _ _ _ _ (Hd _) (all_in_range _ _ _ (all_in_range _ _ _ E8 j Hj) l Hl)).
  apply nadd_ok; apply nsum_ok; try reflexivity; intros k.
  - exact (nmul_ok _ _ _ _ (rn_self _) (Ha k l)).
  - exact (nmul_ok _ _ _ _ (Hx j k) (Hd _)).
Qed.
Lemma sound_kernel A A' c (P : list (list R) -> Prop) : Forall2 (Forall2 rn) A A' ->
  (forall K K', Forall2 (Forall2 rn) K K' -> sound (c K) (P K')) ->
  sound (with_kernel A c) (exists K, kernel_is A' K /\ P K).
Proof.
  intros H Hc E. unfold with_kernel in E. cbv zeta in E. apply andb_true_iff in E. destruct E as [E1 E2].
  eexists. split; [exact (kernel_checked_ok _ _ _ _ _ H E1)|exact (Hc _ _ (matrix_self _) E2)].
Qed.

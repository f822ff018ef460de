(* ---- How they are proved: every number of the statement is rational, and computed exactly. -----------------------

   Beside each definition there is a copy of it, whose name ends in _c, over big rationals (bigQ). "rn q x" says that q
   is the real number x. Nothing from here to the definitions of the note has a part in what the theorem says. *)

Notation num := bigQ (only parsing).
Notation truth := bool (only parsing).
Notation rb := (@eq bool) (only parsing).
Notation yes := true (only parsing).
Notation cand := andb (only parsing).
Notation cor := orb (only parsing).
Notation cneg := negb (only parsing).
Notation ciff := Bool.eqb (only parsing).
Notation call := forallb (only parsing).
Notation csome := existsb (only parsing).
Notation cequal := equal (only parsing).
Definition rn (q : bigQ) (x : R) : Prop := Q2R (BigQ.to_Q q) = x.
Definition nlit (n : Z) (d : positive) : bigQ := BigQ.red (BigQ.of_Q (n # d)).
Definition nz (n : Z) : bigQ := BigQ.Qz (BigZ.of_Z n).
(* Numbers with one denominator, such as the entries of stored tensors, are added without looking for a smaller one. *)
Definition nadd (x y : bigQ) : bigQ :=
  match x, y with
  | BigQ.Qq a d, BigQ.Qq b e => if BigN.eqb d e then BigQ.Qq (BigZ.add a b) d else BigQ.add_norm x y
  | _, _ => BigQ.add_norm x y
  end.
Definition nmul := BigQ.mul_norm.
Definition ndiv := BigQ.div_norm.
Definition nopp := BigQ.opp.
Definition nsub (x y : bigQ) : bigQ := nadd x (nopp y).
Definition neqb (x y : bigQ) : bool := BigQ.eq_bool x y.
Definition ncompare (x y : bigQ) : comparison :=
  match x, y with
  | BigQ.Qq a d, BigQ.Qq b e =>
      if BigN.eqb d e && negb (BigN.eqb d BigN.zero) then BigZ.compare a b else BigQ.compare x y
  | _, _ => BigQ.compare x y
  end.
Definition nltb (x y : bigQ) : bool := match ncompare x y with Lt => true | _ => false end.
Definition nleb (x y : bigQ) : bool := negb (nltb y x).
Definition nabs (x : bigQ) : bigQ := if nltb x (nz 0) then nopp x else x.
Definition nrelu (x : bigQ) : bigQ := if nltb x (nz 0) then nz 0 else x.
Definition nsign (x : bigQ) : Z := if nltb x (nz 0) then -1 else if nltb (nz 0) x then 1 else 0.
Definition nfloor (x : bigQ) : Z := Qfloor (BigQ.to_Q x).
Fixpoint npow_nat (x : bigQ) (n : nat) : bigQ := match n with O => nz 1 | S m => nmul x (npow_nat x m) end.
Definition npow (x : bigQ) (n : Z) : bigQ :=
  if n <? 0 then ndiv (nz 1) (npow_nat x (Z.to_nat (- n))) else npow_nat x (Z.to_nat n).
(* over 2^k, if that is possible *)
Definition ncopy_of_bits (k : Z) (b : Z * Z) : bigQ :=
  let (m, e) := b in
  if (0 <? k) && (0 <=? k + e) then BigQ.Qq (BigZ.of_Z (m * 2 ^ (k + e))) (BigN.of_pos (Z.to_pos (2 ^ k)))
  else nmul (nz m) (npow (nz 2) e).
Definition nsum {A} (l : list A) (f : A -> bigQ) : bigQ := total nadd (nz 0) l f.
Definition nprod {A} (l : list A) (f : A -> bigQ) : bigQ := total nmul (nz 1) l f.
Definition nmean {A} (l : list A) (f : A -> bigQ) : bigQ := ndiv (nsum l f) (nz (size l)).
Definition ndot (u v : list bigQ) : bigQ := nsum (zip nmul u v) (fun x => x).
Definition napply (M : list (list bigQ)) (v : list bigQ) : list bigQ := map (fun r => ndot r v) M.
Definition ndet (M : list (list num)) : num := determinant nadd nmul nopp (nz 0) (nz 1) (length M) M.
Definition nproduct (A B : list (list bigQ)) : list (list bigQ) :=
  map (fun r => map (fun c => ndot r c) (transposed (nz 0) B)) A.

Arguments nadd : simpl never.
Arguments nsub : simpl never.
Arguments nmul : simpl never.
Arguments ndiv : simpl never.
Arguments nopp : simpl never.
Arguments nz : simpl never.
Arguments nlit : simpl never.

Lemma nlit_ok n d : rn (nlit n d) (IZR n / IZR (Zpos d))%R.
Proof.
  unfold rn, nlit. rewrite (Qeq_eqR _ (n # d)); [reflexivity|].
  rewrite BigQ.spec_red. apply BigQ.spec_of_Q.
Qed.
Lemma nz_ok n : rn (nz n) (IZR n).
Proof. unfold rn, nz. simpl. rewrite BigZ.spec_of_Z. unfold Q2R. simpl. field. Qed.
Lemma nz_ok2 n m : n = m -> rn (nz n) (IZR m).
Proof. intros <-. apply nz_ok. Qed.
Lemma nadd_ok a b x y : rn a x -> rn b y -> rn (nadd a b) (x + y)%R.
Proof.
  unfold rn. intros <- <-. rewrite <- Q2R_plus. apply Qeq_eqR. unfold nadd.
  destruct a as [a|a d], b as [b|b e]; try apply BigQ.spec_add_norm.
  destruct (BigN.eqb d e) eqn:E; [|apply BigQ.spec_add_norm].
  apply BigN.eqb_eq in E. unfold BigN.eq in E. cbn [BigQ.to_Q].
  assert (BigN.eqb e BigN.zero = BigN.eqb d BigN.zero) as K by (rewrite !BigN.spec_eqb, E; reflexivity).
  rewrite K. destruct (BigN.eqb d BigN.zero); [reflexivity|].
  rewrite BigZ.spec_add, <- E. unfold Qeq, Qplus. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul. ring.
Qed.
Lemma nmul_ok a b x y : rn a x -> rn b y -> rn (nmul a b) (x * y)%R.
Proof. unfold rn. intros <- <-. rewrite <- Q2R_mult. apply Qeq_eqR. apply BigQ.spec_mul_norm. Qed.
Lemma nopp_ok a x : rn a x -> rn (nopp a) (- x)%R.
Proof. unfold rn. intros <-. rewrite <- Q2R_opp. apply Qeq_eqR. apply BigQ.spec_opp. Qed.
Lemma nsub_ok a b x y : rn a x -> rn b y -> rn (nsub a b) (x - y)%R.
Proof. intros. apply nadd_ok; [|apply nopp_ok]; assumption. Qed.
Lemma ndiv_ok a b x y : rn a x -> rn b y -> rn (ndiv a b) (x / y)%R.
Proof.
  unfold rn, ndiv. intros <- <-. rewrite (Qeq_eqR _ _ (BigQ.spec_div_norm a b)).
  destruct (Qeq_dec (BigQ.to_Q b) 0) as [H|H].
  - unfold Qdiv, Rdiv. rewrite Q2R_mult, (Qeq_eqR _ _ H).
    rewrite (Qeq_eqR (/ BigQ.to_Q b) 0) by (rewrite H; reflexivity).
    unfold Q2R at 2 4. simpl. rewrite Rmult_0_l, Rinv_0. reflexivity.
  - apply Q2R_div. exact H.
Qed.
Lemma neqb_ok a b x y : rn a x -> rn b y -> neqb a b = Reqb x y.
Proof.
  unfold rn, neqb, Reqb. intros <- <-. rewrite BigQ.spec_eq_bool.
  destruct (Req_EM_T _ _) as [H|H].
  - apply Qeq_eq_bool. apply eqR_Qeq. exact H.
  - destruct (Qeq_bool _ _) eqn:E; [|reflexivity]. elim H. apply Qeq_eqR. apply Qeq_bool_eq. exact E.
Qed.
Lemma ncompare_ok a b : ncompare a b = Qcompare (BigQ.to_Q a) (BigQ.to_Q b).
Proof.
  unfold ncompare. destruct a as [a|a d], b as [b|b e]; try apply BigQ.spec_compare.
  destruct (BigN.eqb d e) eqn:E; [|apply BigQ.spec_compare].
  destruct (BigN.eqb d BigN.zero) eqn:K; [apply BigQ.spec_compare|]. cbn [andb negb BigQ.to_Q].
  apply BigN.eqb_eq in E. unfold BigN.eq in E.
  assert (BigN.eqb e BigN.zero = false) as L by (rewrite BigN.spec_eqb, <- E, <- BigN.spec_eqb; exact K).
  rewrite K, L, BigZ.spec_compare, <- E. unfold Qcompare. cbn [Qnum Qden].
  symmetry. rewrite <- Zmult_compare_compat_r; reflexivity.
Qed.
Lemma nltb_ok a b x y : rn a x -> rn b y -> nltb a b = Rltb x y.
Proof.
  unfold rn, nltb, Rltb. intros <- <-. rewrite ncompare_ok.
  destruct (Rlt_dec _ _) as [H|H].
  - apply Rlt_Qlt in H. rewrite Qlt_alt in H. rewrite H. reflexivity.
  - destruct (Qcompare _ _) eqn:E; try reflexivity. elim H. apply Qlt_Rlt. rewrite Qlt_alt. exact E.
Qed.
Lemma nleb_ok a b x y : rn a x -> rn b y -> nleb a b = Rleb x y.
Proof. intros. unfold nleb, Rleb. f_equal. apply nltb_ok; assumption. Qed.
Lemma nabs_ok a x : rn a x -> rn (nabs a) (Rabs x).
Proof.
  intros H. unfold nabs. rewrite (nltb_ok a (nz 0) x 0 H (nz_ok 0)). unfold Rltb, Rabs.
  destruct (Rlt_dec x 0), (Rcase_abs x); try lra; [apply nopp_ok|]; assumption.
Qed.
Lemma nrelu_ok a x : rn a x -> rn (nrelu a) (relu x).
Proof.
  intros H. unfold nrelu, relu. rewrite (nltb_ok a (nz 0) x 0 H (nz_ok 0)).
  destruct (Rltb x 0); [apply nz_ok|assumption].
Qed.
Lemma nsign_ok a x : rn a x -> nsign a = rsign x.
Proof.
  intros H. unfold nsign, rsign. rewrite (nltb_ok a (nz 0) x 0 H (nz_ok 0)), (nltb_ok (nz 0) a 0 x (nz_ok 0) H).
  reflexivity.
Qed.
Lemma nfloor_ok a x : rn a x -> nfloor a = rfloor x.
Proof.
  unfold rn, nfloor, rfloor. intros <-. generalize (BigQ.to_Q a). intros q.
  destruct (base_Int_part (Q2R q)) as [B C]. pose proof (Qfloor_le q) as L. pose proof (Qlt_floor q) as U.
  apply Qle_Rle in L. apply Qlt_Rlt in U.
  assert (forall n, Q2R (inject_Z n) = IZR n) as E by (intros; unfold Q2R; simpl; field).
  rewrite E in L, U. rewrite plus_IZR in U.
  assert (Qfloor q < Int_part (Q2R q) + 1) by (apply lt_IZR; rewrite plus_IZR; lra).
  assert (Int_part (Q2R q) < Qfloor q + 1) by (apply lt_IZR; rewrite plus_IZR; lra).
  lia.
Qed.
Lemma npow_nat_ok a x n : rn a x -> rn (npow_nat a n) (x ^ n)%R.
Proof. intros H. induction n as [|n IH]; simpl; [apply nz_ok|apply nmul_ok; assumption]. Qed.
Lemma npow_ok a x n : rn a x -> rn (npow a n) (powerRZ x n).
Proof.
  intros H. unfold npow. destruct (Z.ltb_spec n 0).
  - destruct n as [|p|p]; try lia. change (powerRZ x (Z.neg p)) with (/ x ^ Pos.to_nat p)%R.
    rewrite <- (Rmult_1_l (/ _)). apply (ndiv_ok _ _ 1); [apply nz_ok|].
    change (Z.to_nat (- Z.neg p)) with (Pos.to_nat p). apply npow_nat_ok. assumption.
  - destruct n as [|p|p]; try lia; [apply nz_ok|]. apply (npow_nat_ok a x (Pos.to_nat p)). assumption.
Qed.
Lemma npow_ok2 a x n m : rn a x -> n = m -> rn (npow a n) (powerRZ x m).
Proof. intros H <-. apply npow_ok. exact H. Qed.
Lemma power_of_two k : 0 <= k -> IZR (2 ^ k) = powerRZ 2 k.
Proof.
  intros H. destruct k as [|p|p]; [reflexivity| |lia]. rewrite <- (positive_nat_Z p) at 1. rewrite <- pow_IZR. reflexivity.
Qed.
Lemma of_bits_ok k b : rn (ncopy_of_bits k b) (of_bits b).
Proof.
  destruct b as [m e]. unfold ncopy_of_bits, of_bits. cbn [fst snd].
  destruct ((0 <? k) && (0 <=? k + e)) eqn:E; [|apply nmul_ok; [apply nz_ok|apply npow_ok, (nz_ok 2)]].
  apply andb_true_iff in E. destruct E as [E1 E2]. apply Z.ltb_lt in E1. apply Z.leb_le in E2.
  assert (0 < 2 ^ k) as P by (apply Z.pow_pos_nonneg; lia).
  unfold rn. cbn [BigQ.to_Q]. rewrite BigN.spec_eqb, BigN.spec_of_pos, BigN.spec_0, Z2Pos.id by exact P.
  destruct (Z.eqb_spec (2 ^ k) 0) as [C|_]; [lia|]. rewrite BigZ.spec_of_Z. unfold Q2R. cbn [Qnum Qden].
  rewrite Z2Pos.id by exact P. rewrite mult_IZR, !power_of_two by lia.
  rewrite powerRZ_add by lra. assert (powerRZ 2 k <> 0)%R by (apply powerRZ_NOR; lra). field. assumption.
Qed.

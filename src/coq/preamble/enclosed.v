(* ---- How they are proved: exactly as long as numbers are sums of cosines, by enclosures otherwise. -----------------

   Beside each definition there is a copy of it, whose name ends in _c, over numbers of one of three forms:
   - "Cosines l", the sum of c*cos(2*pi*r) over the entries (r, c) of l, with rational r and c;
   - "Pi q", q*pi with a rational q;
   - "Within i", some number in the interval i.
   "rn a x" says that a is, or encloses, the real number x. A truth value of the copy is yes, no or perhaps.

   A sum of cosines with angles 2*pi*k/n is zero if it becomes the empty sum when it is multiplied, by
   2 cos a cos b = cos(a + b) + cos(a - b), with 1 - cos(2*pi/q) for each prime q that divides n: these factors are not
   zero. (The converse is true, too, but is not used: what is not shown to be zero is compared by intervals.) *)
From Interval Require Import Specific_bigint Specific_ops Float_full Xreal Interval Sig Basic.
Module F := SpecificFloat BigIntRadix2.
Module I := FloatIntervalFull F.
Definition precision := F.PtoP 150.

Arguments I.add : simpl never.
Arguments I.mul : simpl never.
Arguments I.div : simpl never.
Arguments I.neg : simpl never.
Arguments I.fromZ : simpl never.
Arguments I.pi : simpl never.
Arguments I.cos : simpl never.
Arguments I.sin : simpl never.
Arguments I.tan : simpl never.
Arguments I.atan : simpl never.
Arguments I.exp : simpl never.
Arguments I.ln : simpl never.
Arguments I.sqrt : simpl never.
Arguments I.join : simpl never.
Arguments I.sign_strict : simpl never.

Definition encloses (i : I.type) (x : R) : Prop := contains (I.convert i) (Xreal x).

(* The angle r, in turns, as one in [0, 1/2] with the same cosine. *)
Definition angle (r : Q) : Q :=
  let f := Qred (r - inject_Z (Qfloor r)) in if Qle_bool f (1 # 2) then f else Qred (1 - f).
Definition cosine (r : Q) : R := cos (2 * PI * Q2R r).
Definition qr (q : bigQ) : R := Q2R (BigQ.to_Q q).

Inductive num := Cosines (l : list (Q * bigQ)) | Pi (q : bigQ) | Within (i : I.type).
Definition sum_of (l : list (Q * bigQ)) : R := fold_right (fun p s => qr (snd p) * cosine (fst p) + s)%R 0%R l.

(* c*cos(r) + l, for an ascending l *)
Fixpoint put (r : Q) (c : bigQ) (l : list (Q * bigQ)) : list (Q * bigQ) :=
  match l with
  | [] => if BigQ.eq_bool c BigQ.zero then [] else [(r, c)]
  | (s, d) :: t =>
      if Qeq_bool r s then let e := BigQ.add_norm c d in if BigQ.eq_bool e BigQ.zero then t else (s, e) :: t
      else if Qle_bool r s then (if BigQ.eq_bool c BigQ.zero then l else (r, c) :: l)
      else (s, d) :: put r c t
  end.
Definition sum_add (a b : list (Q * bigQ)) : list (Q * bigQ) := fold_right (fun p s => put (fst p) (snd p) s) b a.
Definition sum_scale (c : bigQ) (a : list (Q * bigQ)) : list (Q * bigQ) :=
  if BigQ.eq_bool c BigQ.zero then [] else map (fun p => (fst p, BigQ.mul_norm c (snd p))) a.
Definition half : bigQ := BigQ.of_Q (1 # 2).
Definition sum_mul (a b : list (Q * bigQ)) : list (Q * bigQ) :=
  fold_right (fun p s => fold_right (fun q s =>
    let c := BigQ.mul_norm half (BigQ.mul_norm (snd p) (snd q)) in
    put (angle (fst p + fst q)) c (put (angle (fst p - fst q)) c s)) s b) [] a.
Definition rational (q : bigQ) : num := if BigQ.eq_bool q BigQ.zero then Cosines [] else Cosines [(0%Q, q)].
Definition as_rational (l : list (Q * bigQ)) : option bigQ :=
  match l with
  | [] => Some BigQ.zero
  | [(r, c)] => if Qeq_bool r 0 then Some c else if Qeq_bool r (1 # 4) then Some BigQ.zero
                else if Qeq_bool r (1 # 2) then Some (BigQ.opp c)
                else if Qeq_bool r (1 # 3) then Some (BigQ.mul_norm (BigQ.opp half) c)
                else if Qeq_bool r (1 # 6) then Some (BigQ.mul_norm half c) else None
  | _ => None
  end.

(* The test for zero. *)
Definition order (l : list (Q * bigQ)) : Z := fold_right (fun p n => Z.lcm (Zpos (Qden (fst p))) n) 1 l.
Definition divisors_of (n : Z) : list Z := filter (fun q => (n mod q =? 0) && is_prime q) (range 2 n).
Definition factor (q : Z) : list (Q * bigQ) :=
  [(0%Q, BigQ.one); (Qred (1 # Z.to_pos q), BigQ.opp BigQ.one)].
Definition is_zero (l : list (Q * bigQ)) : bool :=
  match l with
  | [] => true
  | _ =>
      match fold_right (fun q s => if 2 <=? q then sum_mul (factor q) s else s) l (divisors_of (order l)) with
      | [] => true
      | _ => false
      end
  end.

(* Enclosures. *)
Definition enclose_q (q : bigQ) : I.type :=
  match BigQ.to_Q q with (n # d)%Q => I.div precision (I.fromZ precision n) (I.fromZ precision (Zpos d)) end.
Definition enclose_cosine (r : Q) : I.type :=
  I.cos precision (I.mul precision (I.mul precision (I.fromZ precision 2) (I.pi precision)) (enclose_q (BigQ.of_Q r))).
Definition enclose (a : num) : I.type :=
  match a with
  | Cosines l => fold_right (fun p s => I.add precision (I.mul precision (enclose_q (snd p)) (enclose_cosine (fst p))) s)
                            (I.fromZ precision 0) l
  | Pi q => I.mul precision (enclose_q q) (I.pi precision)
  | Within i => i
  end.

Definition nz (n : Z) : num := rational (BigQ.of_Q (inject_Z n)).
Definition nlit (n : Z) (d : positive) : num := rational (BigQ.red (BigQ.of_Q (n # d))).
Definition npi : num := Pi BigQ.one.
Definition nadd (a b : num) : num :=
  match a, b with
  | Cosines l, Cosines m => Cosines (sum_add l m)
  | Pi q, Pi r => Pi (BigQ.add_norm q r)
  | Cosines [], _ => b
  | _, Cosines [] => a
  | _, _ => Within (I.add precision (enclose a) (enclose b))
  end.
Definition nopp (a : num) : num :=
  match a with
  | Cosines l => Cosines (map (fun p => (fst p, BigQ.opp (snd p))) l)
  | Pi q => Pi (BigQ.opp q)
  | Within i => Within (I.neg i)
  end.
Definition nsub (a b : num) : num := nadd a (nopp b).
Definition nmul (a b : num) : num :=
  match a, b with
  | Cosines l, Cosines m => Cosines (sum_mul l m)
  | Cosines l, Pi q | Pi q, Cosines l =>
      match as_rational l with Some c => Pi (BigQ.mul_norm c q) | None => Within (I.mul precision (enclose a) (enclose b)) end
  | _, _ => Within (I.mul precision (enclose a) (enclose b))
  end.
Definition ndiv (a b : num) : num :=
  match b with
  | Cosines m =>
      match as_rational m with
      | Some c =>
          match a with
          | Cosines l => Cosines (sum_scale (BigQ.inv_norm c) l)
          | Pi q => Pi (BigQ.mul_norm (BigQ.inv_norm c) q)
          | Within i => Within (I.div precision i (enclose b))
          end
      | None => Within (I.div precision (enclose a) (enclose b))
      end
  | _ => Within (I.div precision (enclose a) (enclose b))
  end.
Fixpoint npow_nat (x : num) (n : nat) : num := match n with O => nz 1 | S m => nmul x (npow_nat x m) end.
Definition npow (x : num) (n : Z) : num :=
  if n <? 0 then ndiv (nz 1) (npow_nat x (Z.to_nat (- n))) else npow_nat x (Z.to_nat n).
Definition ncos (a : num) : num :=
  match a with
  | Pi q => Cosines [(angle (BigQ.to_Q q * (1 # 2)), BigQ.one)]
  | Cosines [] => nz 1
  | _ => Within (I.cos precision (enclose a))
  end.
Definition nsin (a : num) : num :=
  match a with
  | Pi q => Cosines (put (angle (BigQ.to_Q q * (1 # 2) - (1 # 4))) BigQ.one [])
  | Cosines [] => nz 0
  | _ => Within (I.sin precision (enclose a))
  end.
Definition ntan (a : num) : num := Within (I.tan precision (enclose a)).
Definition natan (a : num) : num := Within (I.atan precision (enclose a)).
Definition nexp (a : num) : num := match a with Cosines [] => nz 1 | _ => Within (I.exp precision (enclose a)) end.
Definition nln (a : num) : num := Within (I.ln precision (enclose a)).
Definition nsqrt (a : num) : num := Within (I.sqrt precision (enclose a)).

(* Truth values. *)
Inductive truth := yes | no | perhaps.
Definition truth_of (b : bool) : truth := if b then yes else no.
Coercion truth_of : bool >-> truth.
Definition rb (t : truth) (b : bool) : Prop := match t with yes => b = true | no => b = false | perhaps => True end.
Definition cneg (t : truth) : truth := match t with yes => no | no => yes | perhaps => perhaps end.
Definition cand (s t : truth) : truth :=
  match s with no => no | yes => t | perhaps => match t with no => no | _ => perhaps end end.
Definition cor (s t : truth) : truth := cneg (cand (cneg s) (cneg t)).
Definition ciff (s t : truth) : truth :=
  match s, t with yes, _ => t | no, _ => cneg t | perhaps, _ => perhaps end.
Definition call {A} (f : A -> truth) (l : list A) : truth := fold_right (fun x s => cand (f x) s) yes l.
Definition csome {A} (f : A -> truth) (l : list A) : truth := cneg (call (fun x => cneg (f x)) l).
Fixpoint cequal {A} (eqb : A -> A -> truth) (u v : list A) : truth :=
  match u, v with [], [] => yes | x :: u, y :: v => cand (eqb x y) (cequal eqb u v) | _, _ => no end.
Definition cif (c s t : truth) : truth := match c with yes => s | no => t | perhaps => perhaps end.
Definition nif (c : truth) (a b : num) : num :=
  match c with yes => a | no => b | perhaps => Within (I.join (enclose a) (enclose b)) end.

Definition compared (a b : num) : option comparison :=
  let d := nsub a b in
  match I.sign_strict (enclose d) with
  | Xeq => Some Eq
  | Xlt => Some Lt
  | Xgt => Some Gt
  | Xund => match d with Cosines l => if is_zero l then Some Eq else None | _ => None end
  end.
Definition neqb (a b : num) : truth :=
  match nsub a b with
  | Cosines [] => yes
  | _ => match compared a b with Some Eq => yes | Some _ => no | None => perhaps end
  end.
Definition nltb (a b : num) : truth := match compared a b with Some Lt => yes | Some _ => no | None => perhaps end.
Definition nleb (a b : num) : truth := cneg (nltb b a).
Definition nabs (a : num) : num := nif (nltb a (nz 0)) (nopp a) a.
Definition nrelu (a : num) : num := nif (nltb a (nz 0)) (nz 0) a.
Definition ncopy_of_bits (k : Z) (b : Z * Z) : num := nmul (nz (fst b)) (npow (nz 2) (snd b)).
Definition nsum {A} (l : list A) (f : A -> num) : num := total nadd (nz 0) l f.
Definition nprod {A} (l : list A) (f : A -> num) : num := total nmul (nz 1) l f.
Definition nmean {A} (l : list A) (f : A -> num) : num := ndiv (nsum l f) (nz (size l)).
Definition ndot (u v : list num) : num := nsum (zip nmul u v) (fun x => x).
Definition napply (M : list (list num)) (v : list num) : list num := map (fun r => ndot r v) M.
Definition ndet (M : list (list num)) : num := determinant nadd nmul nopp (nz 0) (nz 1) (length M) M.
Definition nproduct (A B : list (list num)) : list (list num) :=
  map (fun r => map (fun c => ndot r c) (transposed (nz 0) B)) A.

Definition rn (a : num) (x : R) : Prop :=
  match a with Cosines l => sum_of l = x | Pi q => (qr q * PI)%R = x | Within i => encloses i x end.

Lemma qr_eq a b : BigQ.to_Q a == BigQ.to_Q b -> qr a = qr b.
Proof. apply Qeq_eqR. Qed.
Lemma qr_zero q : BigQ.eq_bool q BigQ.zero = true -> qr q = 0%R.
Proof.
  rewrite BigQ.spec_eq_bool. intros H. apply Qeq_bool_eq in H. unfold qr. rewrite (Qeq_eqR _ 0).
  - unfold Q2R. simpl. lra.
  - rewrite H. exact BigQ.spec_0.
Qed.
Lemma qr_add a b : qr (BigQ.add_norm a b) = (qr a + qr b)%R.
Proof. unfold qr. rewrite <- Q2R_plus. apply Qeq_eqR, BigQ.spec_add_norm. Qed.
Lemma qr_mul a b : qr (BigQ.mul_norm a b) = (qr a * qr b)%R.
Proof. unfold qr. rewrite <- Q2R_mult. apply Qeq_eqR, BigQ.spec_mul_norm. Qed.
Lemma qr_opp a : qr (BigQ.opp a) = (- qr a)%R.
Proof. unfold qr. rewrite <- Q2R_opp. apply Qeq_eqR, BigQ.spec_opp. Qed.
Lemma qr_of q : qr (BigQ.of_Q q) = Q2R q.
Proof. unfold qr. apply Qeq_eqR, BigQ.spec_of_Q. Qed.
Lemma qr_one : qr BigQ.one = 1%R.
Proof. unfold qr. replace (BigQ.to_Q BigQ.one) with (1 # 1)%Q by reflexivity. unfold Q2R. simpl. field. Qed.
Lemma qr_inv q : qr (BigQ.inv_norm q) = (/ qr q)%R.
Proof.
  unfold qr. rewrite (Qeq_eqR _ _ (BigQ.spec_inv_norm q)).
  destruct (Qeq_dec (BigQ.to_Q q) 0) as [H|H]; [|apply Q2R_inv; exact H].
  rewrite (Qeq_eqR _ _ H). rewrite (Qeq_eqR (/ BigQ.to_Q q) 0) by (rewrite H; reflexivity).
  unfold Q2R. simpl. rewrite Rmult_0_l, Rinv_0. reflexivity.
Qed.
Lemma qr_half : qr half = (/ 2)%R.
Proof. unfold half. rewrite qr_of. unfold Q2R. simpl. lra. Qed.
Arguments qr : simpl never.
Arguments cosine : simpl never.
Arguments BigQ.mul_norm : simpl never.
Arguments BigQ.add_norm : simpl never.
Arguments BigQ.opp : simpl never.
Arguments BigQ.inv_norm : simpl never.
Arguments angle : simpl never.

Lemma cosine_eq r s : r == s -> cosine r = cosine s.
Proof. intros H. unfold cosine. rewrite (Qeq_eqR _ _ H). reflexivity. Qed.
Lemma cos_period x (n : Z) : cos (x + 2 * IZR n * PI) = cos x.
Proof.
  destruct (Z_le_dec 0 n) as [H|H].
  - rewrite <- (Z2Nat.id n H) at 1. rewrite <- INR_IZR_INZ. apply cos_period.
  - rewrite <- (cos_period (x + 2 * IZR n * PI) (Z.to_nat (- n))). f_equal.
    rewrite INR_IZR_INZ, Z2Nat.id by lia. rewrite opp_IZR. ring.
Qed.
Lemma cosine_angle r : cosine (angle r) = cosine r.
Proof.
  assert (cosine (r - inject_Z (Qfloor r)) = cosine r) as E.
  { unfold cosine. rewrite Q2R_minus. rewrite <- (cos_period _ (Qfloor r)). f_equal.
    unfold Q2R at 2. simpl. field. }
  unfold angle. cbv zeta. destruct (Qle_bool _ _).
  - rewrite (cosine_eq _ _ (Qred_correct _)). exact E.
  - rewrite (cosine_eq _ _ (Qred_correct _)). rewrite <- E. rewrite <- (cosine_eq _ _ (Qred_correct (r - _))).
    generalize (Qred (r - inject_Z (Qfloor r))). intros f. unfold cosine. rewrite Q2R_minus.
    rewrite <- (cos_neg (2 * PI * Q2R f)). rewrite <- (cos_period (- _) 1). f_equal. unfold Q2R at 1. simpl. field.
Qed.

Lemma put_ok r c l : sum_of (put r c l) = (qr c * cosine r + sum_of l)%R.
Proof.
  induction l as [|[s d] t IH]; simpl.
  - destruct (BigQ.eq_bool c BigQ.zero) eqn:E; simpl; [rewrite (qr_zero _ E)|]; ring.
  - destruct (Qeq_bool r s) eqn:E.
    + apply Qeq_bool_eq in E. rewrite (cosine_eq _ _ E).
      destruct (BigQ.eq_bool (BigQ.add_norm c d) BigQ.zero) eqn:Z; simpl.
      * apply qr_zero in Z. rewrite qr_add in Z. replace (qr c) with (- qr d)%R by lra. ring.
      * rewrite qr_add. ring.
    + destruct (Qle_bool r s).
      * destruct (BigQ.eq_bool c BigQ.zero) eqn:Z; simpl; [rewrite (qr_zero _ Z)|]; ring.
      * simpl. rewrite IH. ring.
Qed.
Lemma sum_add_ok a b : sum_of (sum_add a b) = (sum_of a + sum_of b)%R.
Proof. induction a as [|[r c] a IH]; simpl; [ring|]. rewrite put_ok, IH. ring. Qed.
Lemma sum_scale_ok c a : sum_of (sum_scale c a) = (qr c * sum_of a)%R.
Proof.
  unfold sum_scale. destruct (BigQ.eq_bool c BigQ.zero) eqn:E; [rewrite (qr_zero _ E); simpl; ring|].
  induction a as [|[r d] a IH]; simpl; [ring|]. rewrite IH, qr_mul. ring.
Qed.
Lemma cosine_product r s : (cosine r * cosine s = / 2 * cosine (r + s) + / 2 * cosine (r - s))%R.
Proof.
  unfold cosine. rewrite Q2R_plus, Q2R_minus, Rmult_plus_distr_l, Rmult_minus_distr_l, cos_plus, cos_minus. field.
Qed.
Lemma sum_mul_ok a b : sum_of (sum_mul a b) = (sum_of a * sum_of b)%R.
Proof.
  induction a as [|[r c] a IH]; simpl; [ring|]. fold (sum_mul a b) in *. rewrite Rmult_plus_distr_r, <- IH.
  generalize (sum_mul a b). intros l. clear IH a. induction b as [|[s d] b IH]; simpl; [ring|].
  rewrite !put_ok, IH, !cosine_angle, !qr_mul, qr_half.
  replace (qr c * cosine r * (qr d * cosine s + sum_of b))%R
    with (qr c * qr d * (cosine r * cosine s) + qr c * cosine r * sum_of b)%R by ring.
  rewrite cosine_product. ring.
Qed.
Lemma rational_ok q : rn (rational q) (qr q).
Proof.
  unfold rational, rn. destruct (BigQ.eq_bool q BigQ.zero) eqn:E; simpl; [symmetry; apply qr_zero; exact E|].
  unfold cosine. replace (Q2R 0) with 0%R by (unfold Q2R; simpl; field). rewrite Rmult_0_r, cos_0. ring.
Qed.
Lemma cosine_at r x y : r == x -> cos (2 * PI * Q2R x) = y -> cosine r = y.
Proof. intros H <-. apply cosine_eq. exact H. Qed.
Lemma as_rational_ok l c : as_rational l = Some c -> sum_of l = qr c.
Proof.
  destruct l as [|[r d] [|p t]]; simpl; try discriminate.
  - intros H. injection H as <-. symmetry. apply qr_zero. reflexivity.
  - assert (forall r' x, Qeq_bool r r' = true -> cos (2 * PI * Q2R r') = x -> cosine r = x) as K.
    { intros r' x H. apply Qeq_bool_eq in H. apply cosine_at. exact H. }
    destruct (Qeq_bool r 0) eqn:E0.
    { intros H. injection H as <-. rewrite (K _ 1%R E0); [ring|]. replace (2 * PI * Q2R 0)%R with 0%R; [apply cos_0|].
      unfold Q2R; simpl; field. }
    destruct (Qeq_bool r (1 # 4)) eqn:E1.
    { intros H. injection H as <-. rewrite (K _ 0%R E1); [rewrite (qr_zero BigQ.zero eq_refl); ring|].
      replace (2 * PI * Q2R (1 # 4))%R with (PI / 2)%R; [apply cos_PI2|]. unfold Q2R; simpl; field. }
    destruct (Qeq_bool r (1 # 2)) eqn:E2.
    { intros H. injection H as <-. rewrite (K _ (-1)%R E2); [rewrite qr_opp; ring|].
      replace (2 * PI * Q2R (1 # 2))%R with PI; [apply cos_PI|]. unfold Q2R; simpl; field. }
    destruct (Qeq_bool r (1 # 3)) eqn:E3.
    { intros H. injection H as <-. rewrite (K _ (-1 / 2)%R E3); [rewrite qr_mul, qr_opp, qr_half; field|].
      replace (2 * PI * Q2R (1 # 3))%R with (2 * (PI / 3))%R; [apply cos_2PI3|]. unfold Q2R; simpl; field. }
    destruct (Qeq_bool r (1 # 6)) eqn:E4; [|discriminate].
    intros H. injection H as <-. rewrite (K _ (1 / 2)%R E4); [rewrite qr_mul, qr_half; field|].
    replace (2 * PI * Q2R (1 # 6))%R with (PI / 3)%R; [apply cos_PI3|]. unfold Q2R; simpl; field.
Qed.

Lemma factor_ok q : 2 <= q -> sum_of (factor q) <> 0%R.
Proof.
  intros H. unfold factor, sum_of. cbn [fold_right fst snd]. rewrite qr_opp, qr_one.
  rewrite (cosine_eq _ _ (Qred_correct (1 # Z.to_pos q))).
  unfold cosine. replace (Q2R 0%Q) with 0%R by (unfold Q2R; simpl; field). rewrite Rmult_0_r, cos_0.
  assert (cos (2 * PI * Q2R (1 # Z.to_pos q)) < cos 0)%R; [|rewrite cos_0 in *; lra].
  assert (Q2R (1 # Z.to_pos q) = / IZR q)%R as E.
  { unfold Q2R. simpl. rewrite Z2Pos.id by lia. ring. }
  rewrite E. pose proof PI_RGT_0 as P. assert (2 <= IZR q)%R as G by (apply IZR_le; lia).
  assert (0 < / IZR q)%R by (apply Rinv_0_lt_compat; lra).
  assert (/ IZR q <= / 2)%R by (apply Rinv_le_contravar; lra).
  apply cos_decreasing_1; nra.
Qed.
Lemma is_zero_ok l : is_zero l = true -> sum_of l = 0%R.
Proof.
  unfold is_zero. destruct l as [|p l]; [reflexivity|]. generalize (p :: l). clear p l. intros l.
  generalize (divisors_of (order l)). intros ds H.
  assert (sum_of (fold_right (fun q s => if 2 <=? q then sum_mul (factor q) s else s) l ds) = 0%R -> sum_of l = 0%R) as K.
  { clear H. induction ds as [|q ds IH]; cbn [fold_right]; [auto|]. intros E. apply IH. destruct (Z.leb_spec 2 q); [|exact E].
    rewrite sum_mul_ok in E. apply Rmult_integral in E. destruct E as [E|E]; [|exact E].
    elim (factor_ok q); assumption. }
  apply K. destruct (fold_right _ l ds); [reflexivity|discriminate].
Qed.

(* Enclosures. *)
Lemma fromZ_ok n : encloses (I.fromZ precision n) (IZR n).
Proof. exact (I.fromZ_correct precision n). Qed.
Lemma Iadd_ok a b x y : encloses a x -> encloses b y -> encloses (I.add precision a b) (x + y).
Proof. intros. exact (I.add_correct precision a b (Xreal x) (Xreal y) H H0). Qed.
Lemma Imul_ok a b x y : encloses a x -> encloses b y -> encloses (I.mul precision a b) (x * y).
Proof. intros. exact (I.mul_correct precision a b (Xreal x) (Xreal y) H H0). Qed.
Lemma Idiv_ok a b x y : encloses a x -> encloses b y -> encloses (I.div precision a b) (x / y).
Proof.
  intros Ha Hb. pose proof (I.div_correct precision a b (Xreal x) (Xreal y) Ha Hb) as H.
  change (Xdiv (Xreal x) (Xreal y)) with (Xdiv' x y) in H. unfold Xdiv' in H. unfold encloses. destruct (is_zero_spec y) as [E|E]; [|exact H].
  destruct (I.convert (I.div precision a b)); [exact I|destruct H].
Qed.
Lemma enclose_q_ok q : encloses (enclose_q q) (qr q).
Proof.
  unfold enclose_q, qr. destruct (BigQ.to_Q q) as [n d]. exact (Idiv_ok _ _ _ _ (fromZ_ok n) (fromZ_ok (Zpos d))).
Qed.
Lemma enclose_cosine_ok r : encloses (enclose_cosine r) (cosine r).
Proof.
  unfold enclose_cosine, cosine. rewrite <- qr_of.
  exact (I.cos_correct precision _ (Xreal _) (Imul_ok _ _ _ _ (Imul_ok _ _ _ _ (fromZ_ok 2) (I.pi_correct precision)) (enclose_q_ok _))).
Qed.
Lemma enclose_ok a x : rn a x -> encloses (enclose a) x.
Proof.
  destruct a as [l|q|i]; cbn [rn enclose]; [| |auto].
  - intros <-. unfold sum_of. induction l as [|[r c] l IH]; cbn [fold_right fst snd]; [exact (fromZ_ok 0)|].
    exact (Iadd_ok _ _ _ _ (Imul_ok _ _ _ _ (enclose_q_ok c) (enclose_cosine_ok r)) IH).
  - intros <-. exact (Imul_ok _ _ _ _ (enclose_q_ok q) (I.pi_correct precision)).
Qed.

Lemma nz_ok n : rn (nz n) (IZR n).
Proof.
  unfold nz. replace (IZR n) with (qr (BigQ.of_Q (inject_Z n))); [apply rational_ok|].
  rewrite qr_of. unfold Q2R. simpl. field.
Qed.
Lemma nz_ok2 n m : n = m -> rn (nz n) (IZR m).
Proof. intros <-. apply nz_ok. Qed.
Lemma nlit_ok n d : rn (nlit n d) (IZR n / IZR (Zpos d))%R.
Proof.
  unfold nlit. replace (IZR n / IZR (Z.pos d))%R with (qr (BigQ.red (BigQ.of_Q (n # d)))); [apply rational_ok|].
  rewrite (qr_eq _ (BigQ.of_Q (n # d)) (BigQ.spec_red _)), qr_of. reflexivity.
Qed.
Lemma npi_ok : rn npi PI.
Proof. simpl. rewrite qr_one. ring. Qed.
Lemma nadd_ok a b x y : rn a x -> rn b y -> rn (nadd a b) (x + y)%R.
Proof.
  intros Ha Hb.
  assert (encloses (I.add precision (enclose a) (enclose b)) (x + y)) as E by (apply Iadd_ok; apply enclose_ok; assumption).
  destruct a as [l|q|i], b as [m|r|j]; try exact E.
  - cbn [rn] in Ha, Hb. subst x y. destruct l as [|p l]; [exact (sum_add_ok [] m)|exact (sum_add_ok (p :: l) m)].
  - destruct l; [|exact E]. simpl in *. subst. rewrite Rplus_0_l. reflexivity.
  - destruct l; [|exact E]. simpl in *. subst. rewrite Rplus_0_l. exact Hb.
  - destruct m; [|exact E]. simpl in *. subst. rewrite Rplus_0_r. reflexivity.
  - simpl in *. subst. rewrite qr_add. ring.
  - destruct m; [|exact E]. simpl in *. subst. rewrite Rplus_0_r. exact Ha.
Qed.
Lemma nopp_ok a x : rn a x -> rn (nopp a) (- x)%R.
Proof.
  destruct a as [l|q|i]; simpl.
  - intros <-. induction l as [|[r c] l IH]; simpl; [ring|]. rewrite IH, qr_opp. ring.
  - intros <-. rewrite qr_opp. ring.
  - intros H. exact (I.neg_correct i (Xreal x) H).
Qed.
Lemma nsub_ok a b x y : rn a x -> rn b y -> rn (nsub a b) (x - y)%R.
Proof. intros. apply nadd_ok; [|apply nopp_ok]; assumption. Qed.
Lemma nmul_ok a b x y : rn a x -> rn b y -> rn (nmul a b) (x * y)%R.
Proof.
  intros Ha Hb.
  assert (encloses (I.mul precision (enclose a) (enclose b)) (x * y)) as E by (apply Imul_ok; apply enclose_ok; assumption).
  destruct a as [l|q|i], b as [m|r|j]; try exact E.
  - simpl in *. subst. apply sum_mul_ok.
  - unfold nmul. destruct (as_rational l) as [c|] eqn:A; [|exact E]. simpl in *. subst.
    rewrite qr_mul, (as_rational_ok _ _ A). ring.
  - unfold nmul. destruct (as_rational m) as [c|] eqn:A; [|exact E]. simpl in *. subst.
    rewrite qr_mul, (as_rational_ok _ _ A). ring.
Qed.
Lemma ndiv_ok a b x y : rn a x -> rn b y -> rn (ndiv a b) (x / y)%R.
Proof.
  intros Ha Hb.
  assert (encloses (I.div precision (enclose a) (enclose b)) (x / y)) as E by (apply Idiv_ok; apply enclose_ok; assumption).
  destruct b as [m|r|j]; try exact E. unfold ndiv. destruct (as_rational m) as [c|] eqn:A; [|exact E].
  destruct a as [l|q|i]; [| |exact E]; simpl in *; subst; rewrite ?sum_scale_ok, ?qr_mul, qr_inv, (as_rational_ok _ _ A);
    unfold Rdiv; ring.
Qed.
Lemma npow_nat_ok a x n : rn a x -> rn (npow_nat a n) (x ^ n)%R.
Proof. intros H. induction n as [|n IH]; [apply (nz_ok 1)|apply nmul_ok; assumption]. Qed.
Lemma npow_ok a x n : rn a x -> rn (npow a n) (powerRZ x n).
Proof.
  intros H. unfold npow. destruct (Z.ltb_spec n 0).
  - destruct n as [|p|p]; try lia. change (powerRZ x (Z.neg p)) with (/ x ^ Pos.to_nat p)%R.
    rewrite <- (Rmult_1_l (/ _)). apply (ndiv_ok _ _ 1); [apply (nz_ok 1)|].
    change (Z.to_nat (- Z.neg p)) with (Pos.to_nat p). apply npow_nat_ok. assumption.
  - destruct n as [|p|p]; try lia; [apply (nz_ok 1)|]. apply (npow_nat_ok a x (Pos.to_nat p)). assumption.
Qed.
Lemma cosine_of_pi q : cosine (BigQ.to_Q q * (1 # 2)) = cos (qr q * PI).
Proof.
  unfold cosine, qr. rewrite Q2R_mult. f_equal. unfold Q2R at 2. simpl. field.
Qed.
Lemma ncos_ok a x : rn a x -> rn (ncos a) (cos x).
Proof.
  intros H. assert (encloses (I.cos precision (enclose a)) (cos x)) as E.
  { apply (I.cos_correct precision _ (Xreal x)). apply enclose_ok. exact H. }
  destruct a as [[|p l]|q|i]; try exact E; simpl in H; subst.
  - rewrite cos_0. apply (nz_ok 1).
  - simpl. rewrite qr_one, cosine_angle, cosine_of_pi. ring.
Qed.
Lemma nsin_ok a x : rn a x -> rn (nsin a) (sin x).
Proof.
  intros H. assert (encloses (I.sin precision (enclose a)) (sin x)) as E.
  { apply (I.sin_correct precision _ (Xreal x)). apply enclose_ok. exact H. }
  destruct a as [[|p l]|q|i]; try exact E; simpl in H; subst.
  - rewrite sin_0. apply (nz_ok 0).
  - unfold nsin. unfold rn. rewrite put_ok. simpl. rewrite qr_one, cosine_angle, <- cos_shift.
    rewrite <- cos_neg. unfold cosine. rewrite Q2R_minus, Q2R_mult. unfold qr. rewrite Rplus_0_r, Rmult_1_l. f_equal.
    unfold Q2R at 2 3. simpl. field.
Qed.
Lemma nexp_ok a x : rn a x -> rn (nexp a) (exp x).
Proof.
  intros H. assert (encloses (I.exp precision (enclose a)) (exp x)) as E.
  { apply (I.exp_correct precision _ (Xreal x)). apply enclose_ok. exact H. }
  destruct a as [[|p l]|q|i]; try exact E. simpl in H. subst. rewrite exp_0. apply (nz_ok 1).
Qed.
Lemma nln_ok a x : rn a x -> rn (nln a) (ln x).
Proof.
  intros H. pose proof (I.ln_correct precision (enclose a) (Xreal x) (enclose_ok _ _ H)) as E. simpl in E. unfold nln. simpl.
  unfold encloses. unfold Xln' in E. destruct (is_positive_spec x); [exact E|].
  destruct (I.convert (I.ln precision (enclose a))); [exact I|destruct E].
Qed.
Lemma natan_ok a x : rn a x -> rn (natan a) (atan x).
Proof. intros H. apply (I.atan_correct precision _ (Xreal x)). apply enclose_ok. exact H. Qed.
Lemma nsqrt_ok a x : rn a x -> rn (nsqrt a) (sqrt x).
Proof.
  intros H. pose proof (I.sqrt_correct precision (enclose a) (Xreal x) (enclose_ok _ _ H)) as E. exact E.
Qed.
Lemma ntan_ok a x : rn a x -> rn (ntan a) (tan x).
Proof.
  intros H. pose proof (I.tan_correct precision (enclose a) (Xreal x) (enclose_ok _ _ H)) as E. simpl in E. unfold ntan. simpl.
  unfold encloses. unfold Xtan' in E. destruct (is_zero_spec (cos x)); [|exact E].
  destruct (I.convert (I.tan precision (enclose a))); [exact I|destruct E].
Qed.

Lemma compared_ok a b x y c : rn a x -> rn b y -> compared a b = Some c ->
  match c with Eq => x = y | Lt => (x < y)%R | Gt => (y < x)%R end.
Proof.
  intros Ha Hb. unfold compared. pose proof (nsub_ok _ _ _ _ Ha Hb) as H.
  pose proof (enclose_ok _ _ H) as E. cbv zeta. pose proof (I.sign_strict_correct (enclose (nsub a b))) as S.
  destruct (I.sign_strict _).
  - intros K. injection K as <-. specialize (S _ E). injection S as S. lra.
  - intros K. injection K as <-. destruct (S _ E) as [_ S']. simpl in S'. lra.
  - intros K. injection K as <-. destruct (S _ E) as [_ S']. simpl in S'. lra.
  - destruct (nsub a b) as [l| |]; try discriminate. destruct (is_zero l) eqn:Z; [|discriminate].
    intros K. injection K as <-. apply is_zero_ok in Z. simpl in H. lra.
Qed.
Lemma neqb_ok a b x y : rn a x -> rn b y -> rb (neqb a b) (Reqb x y).
Proof.
  intros Ha Hb.
  assert (x = y -> Reqb x y = true) as T by (unfold Reqb; destruct (Req_EM_T x y); tauto).
  assert (x <> y -> Reqb x y = false) as F by (unfold Reqb; destruct (Req_EM_T x y); tauto).
  pose proof (nsub_ok _ _ _ _ Ha Hb) as H. unfold neqb.
  assert (rb match compared a b with Some Eq => yes | Some _ => no | None => perhaps end (Reqb x y)) as C.
  { destruct (compared a b) as [c|] eqn:E; [|exact Logic.I]. pose proof (compared_ok _ _ _ _ _ Ha Hb E) as K.
    destruct c; simpl; [apply T; exact K|apply F; lra|apply F; lra]. }
  destruct (nsub a b) as [[|p l]| |]; try exact C. simpl in *. apply T. lra.
Qed.
Lemma nltb_ok a b x y : rn a x -> rn b y -> rb (nltb a b) (Rltb x y).
Proof.
  intros Ha Hb. unfold nltb. destruct (compared a b) as [c|] eqn:E; [|exact Logic.I].
  pose proof (compared_ok _ _ _ _ _ Ha Hb E) as K. unfold Rltb. destruct c; simpl; destruct (Rlt_dec x y); lra || reflexivity.
Qed.
Lemma cneg_ok t b : rb t b -> rb (cneg t) (negb b).
Proof. destruct t; simpl; intros; subst; auto. Qed.
Lemma nleb_ok a b x y : rn a x -> rn b y -> rb (nleb a b) (Rleb x y).
Proof. intros. apply cneg_ok. apply nltb_ok; assumption. Qed.
Lemma nif_ok c c' a b x y : rb c c' -> rn a x -> rn b y -> rn (nif c a b) (if c' then x else y).
Proof.
  intros Hc Ha Hb. destruct c; simpl in *; subst; auto. apply I.join_correct.
  destruct c'; [left|right]; apply enclose_ok; assumption.
Qed.
Lemma nabs_ok a x : rn a x -> rn (nabs a) (Rabs x).
Proof.
  intros H. replace (Rabs x) with (if Rltb x 0 then - x else x)%R.
  - apply nif_ok; [apply nltb_ok; [exact H|apply (nz_ok 0)]|apply nopp_ok; exact H|exact H].
  - unfold Rltb, Rabs. destruct (Rlt_dec x 0), (Rcase_abs x); lra.
Qed.
Lemma nrelu_ok a x : rn a x -> rn (nrelu a) (relu x).
Proof. intros H. apply nif_ok; [apply nltb_ok; [exact H|apply (nz_ok 0)]|apply (nz_ok 0)|exact H]. Qed.
Lemma npow_ok2 a x n m : rn a x -> n = m -> rn (npow a n) (powerRZ x m).
Proof. intros H <-. apply npow_ok. exact H. Qed.
Lemma of_bits_ok k b : rn (ncopy_of_bits k b) (of_bits b).
Proof. apply nmul_ok; [apply nz_ok|apply npow_ok, (nz_ok 2)]. Qed.
Arguments nadd : simpl never.
Arguments nsub : simpl never.
Arguments nmul : simpl never.
Arguments ndiv : simpl never.
Arguments nopp : simpl never.
Arguments nz : simpl never.
Arguments nlit : simpl never.
Arguments rn : simpl never.


Lemma forallb_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> forallb f l = forallb f' l'.
Proof. intros <- H. induction l; simpl; [reflexivity|]. rewrite H, IHl. reflexivity. Qed.
Lemma forallb_ok2 {A A'} (S : A -> A' -> Prop) l l' f f' :
  Forall2 S l l' -> (forall a a', S a a' -> f a = f' a') -> forallb f l = forallb f' l'.
Proof. intros H Hf. induction H; simpl; [reflexivity|]. rewrite (Hf _ _ H), IHForall2. reflexivity. Qed.
Lemma existsb_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> existsb f l = existsb f' l'.
Proof. intros <- H. induction l; simpl; [reflexivity|]. rewrite H, IHl. reflexivity. Qed.
Lemma zprod_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> zprod l f = zprod l' f'.
Proof. intros <- H. apply (total_ok eq); intros; subst; auto. Qed.
Lemma count_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> count l f = count l' f'.
Proof. intros. apply zsum_ok; auto. intros. rewrite H0. reflexivity. Qed.
Lemma flat_map_eq_ok {A B} (l l' : list A) (f f' : A -> list B) :
  l = l' -> (forall a, f a = f' a) -> flat_map f l = flat_map f' l'.
Proof. intros <- H. induction l; simpl; [reflexivity|]. rewrite H, IHl. reflexivity. Qed.

Definition keyed {K} (p : K * bigQ) (q : K * R) : Prop := fst p = fst q /\ rn (snd p) (snd q).
Lemma pair_ok {K} (k k' : K) a x : k = k' -> rn a x -> keyed (k, a) (k', x).
Proof. split; assumption. Qed.
Lemma extremum_ok {A A'} (S : A -> A' -> Prop) better better' d d' l l' :
  (forall a a' b b', S a a' -> S b b' -> better a b = better' a' b') -> S d d' -> Forall2 S l l' ->
  S (extremum better d l) (extremum better' d' l').
Proof.
  intros Hb Hd H. destruct H as [|x y l l' Hx H]; simpl; auto.
  revert x y Hx. induction H; simpl; auto. intros. apply IHForall2.
  rewrite (Hb _ _ _ _ Hx H). destruct (better' _ _); assumption.
Qed.
Lemma best_ok {K} better better' (d d' : K) a x l l' :
  (forall a x b y, rn a x -> rn b y -> better a b = better' x y) -> d = d' -> rn a x -> Forall2 keyed l l' ->
  best better d a l = best better' d' x l'.
Proof.
  intros Hb <- Ha H. unfold best.
  apply (extremum_ok keyed (fun x y => better (snd x) (snd y)) (fun x y => better' (snd x) (snd y)) (d, a) (d, x)); auto.
  - intros ? ? ? ? [_ H1] [_ H2]. auto.
  - split; auto.
Qed.
Lemma is_unique_ok {K} better better' a x (l : list (K * bigQ)) l' :
  (forall a x b y, rn a x -> rn b y -> better a b = better' x y) -> rn a x -> Forall2 keyed l l' ->
  is_unique better a l = is_unique better' x l'.
Proof.
  intros Hb Ha H. unfold is_unique. rewrite (attained_ok _ _ _ H). f_equal. f_equal.
  assert (rn (extremum better a (map snd l)) (extremum better' x (map snd l'))) as E.
  { apply (extremum_ok rn); auto. eapply map_ok2; eauto. intros ? ? [_ ?]; auto. }
  unfold count, zsum. eapply total_ok2; eauto; [intros; subst; auto|].
  intros p q [_ Hp]. rewrite (Hb _ _ _ _ Hp E). reflexivity.
Qed.
Lemma numbered_ok l l' : Forall2 rn l l' -> Forall2 keyed (numbered l) (numbered l').
Proof.
  intros H. unfold numbered. rewrite (size_ok _ _ _ H). generalize (range 0 (size l' - 1)). intros r. revert r.
  induction H; intros [|k r]; simpl; constructor; auto. split; auto.
Qed.
Lemma equal_ok {A A'} (S : A -> A' -> Prop) eqb eqb' u u' v v' :
  (forall a a' b b', S a a' -> S b b' -> eqb a b = eqb' a' b') ->
  Forall2 S u u' -> Forall2 S v v' -> equal eqb u v = equal eqb' u' v'.
Proof.
  intros Hb H. revert v v'. induction H; intros ? ? G; destruct G; simpl; auto.
  rewrite (Hb _ _ _ _ H H1), (IHForall2 _ _ G). reflexivity.
Qed.
Lemma equal_true {A} (eqb : A -> A -> bool) : (forall a b, eqb a b = true -> a = b) ->
  forall u v, equal eqb u v = true -> u = v.
Proof.
  intros H. induction u as [|x u IH]; intros [|y v]; simpl; try discriminate; auto.
  intros E. apply andb_true_iff in E. destruct E. f_equal; auto.
Qed.

(* "sound c P": P follows if the computation c ends with true. *)
Definition sound (c : bool) (P : Prop) : Prop := c = true -> P.
Lemma sound_all lo hi lo' hi' c (P : Z -> Prop) :
  lo = lo' -> hi = hi' -> (forall k, sound (c k) (P k)) -> sound (forallb c (range lo hi)) (forall k, lo' <= k <= hi' -> P k).
Proof.
  intros <- <- H E k Hk. rewrite forallb_forall in E. apply (H k). apply E. apply in_range. exact Hk.
Qed.
Lemma sound_all_in {A} (l l' : list A) c (P : A -> Prop) :
  l = l' -> (forall k, sound (c k) (P k)) -> sound (forallb c l) (forall k, In k l' -> P k).
Proof. intros <- H E k Hk. rewrite forallb_forall in E. apply (H k). apply E. exact Hk. Qed.
Lemma sound_all_in2 l l' c (P : R -> Prop) :
  Forall2 rn l l' -> (forall k k', rn k k' -> sound (c k) (P k')) -> sound (forallb c l) (forall k, In k l' -> P k).
Proof.
  intros H Hc E. induction H; intros k Hk; [destruct Hk|]. simpl in E. apply andb_true_iff in E. destruct E as [E1 E2].
  destruct Hk as [<-|Hk]; [exact (Hc _ _ H E1)|auto].
Qed.
Lemma sound_ex lo hi lo' hi' c (P : Z -> Prop) : lo = lo' -> hi = hi' ->
  (forall k, sound (c k) (P k)) -> sound (existsb c (range lo hi)) (exists k, lo' <= k <= hi' /\ P k).
Proof.
  intros <- <- H E. rewrite existsb_exists in E. destruct E as [k [Hk E]]. exists k. apply in_range in Hk. split; auto.
  apply H. exact E.
Qed.
Lemma sound_ex_in {A} (l l' : list A) c (P : A -> Prop) : l = l' ->
  (forall k, sound (c k) (P k)) -> sound (existsb c l) (exists k, In k l' /\ P k).
Proof. intros <- H E. rewrite existsb_exists in E. destruct E as [k [Hk E]]. exists k. split; auto. apply H. exact E. Qed.
Lemma sound_ex_in2 l l' c (P : R -> Prop) :
  Forall2 rn l l' -> (forall k k', rn k k' -> sound (c k) (P k')) -> sound (existsb c l) (exists k, In k l' /\ P k).
Proof.
  intros H Hc E. induction H; [discriminate|]. simpl in E. apply orb_true_iff in E. destruct E as [E|E].
  - eexists. split; [left; reflexivity|exact (Hc _ _ H E)].
  - destruct (IHForall2 E) as [k [Hk Hp]]. exists k. split; [right|]; assumption.
Qed.
Lemma sound_when b b' c P : b = b' -> sound c P -> sound (negb b || c) (b' = true -> P).
Proof. intros <- H E Hb. rewrite Hb in E. apply H. exact E. Qed.
Lemma sound_and b c P Q : sound b P -> sound c Q -> sound (b && c) (P /\ Q).
Proof. intros HP HQ E. apply andb_true_iff in E. destruct E. split; auto. Qed.
Lemma sound_true b b' : b = b' -> sound b (b' = true).
Proof. intros <- E. exact E. Qed.
Lemma sound_Req a b x y : rn a x -> rn b y -> sound (neqb a b) (x = y).
Proof. intros Ha Hb E. rewrite (neqb_ok _ _ _ _ Ha Hb) in E. apply Reqb_true. exact E. Qed.
Lemma sound_Rneq a b x y : rn a x -> rn b y -> sound (negb (neqb a b)) (x <> y).
Proof.
  intros Ha Hb E. rewrite (neqb_ok _ _ _ _ Ha Hb) in E. unfold Reqb in E. destruct (Req_EM_T x y); auto. discriminate.
Qed.
Lemma sound_Rlt a b x y : rn a x -> rn b y -> sound (nltb a b) (x < y)%R.
Proof. intros Ha Hb E. rewrite (nltb_ok _ _ _ _ Ha Hb) in E. apply Rltb_true. exact E. Qed.
Lemma sound_Rle a b x y : rn a x -> rn b y -> sound (nleb a b) (x <= y)%R.
Proof.
  intros Ha Hb E. rewrite (nleb_ok _ _ _ _ Ha Hb) in E. unfold Rleb, Rltb in E. destruct (Rlt_dec y x); [discriminate|lra].
Qed.
Lemma sound_Zeq a b x y : a = x -> b = y -> sound (a =? b) (x = y).
Proof. intros <- <- E. apply Z.eqb_eq. exact E. Qed.
Lemma sound_Zneq a b x y : a = x -> b = y -> sound (negb (a =? b)) (x <> y).
Proof. intros <- <- E. apply Z.eqb_neq. apply negb_true_iff. exact E. Qed.
Lemma sound_Zlt a b x y : a = x -> b = y -> sound (a <? b) (x < y).
Proof. intros <- <- E. apply Z.ltb_lt. exact E. Qed.
Lemma sound_Zle a b x y : a = x -> b = y -> sound (a <=? b) (x <= y).
Proof. intros <- <- E. apply Z.leb_le. exact E. Qed.
Lemma sound_Rlist a b x y : Forall2 rn a x -> Forall2 rn b y -> sound (equal neqb a b) (x = y).
Proof.
  intros Ha Hb E. rewrite (equal_ok rn neqb Reqb a x b y) in E; auto using neqb_ok.
  apply (equal_true Reqb); auto using Reqb_true.
Qed.
Lemma sound_Rmatrix a b x y :
  Forall2 (Forall2 rn) a x -> Forall2 (Forall2 rn) b y -> sound (equal (equal neqb) a b) (x = y).
Proof.
  intros Ha Hb E. rewrite (equal_ok (Forall2 rn) (equal neqb) (equal Reqb) a x b y) in E; auto.
  - apply (equal_true (equal Reqb)); auto. apply (equal_true Reqb). auto using Reqb_true.
  - intros. apply (equal_ok rn); auto using neqb_ok.
Qed.
Lemma sound_Zlist a b x y : a = x -> b = y -> sound (equal Z.eqb a b) (x = y).
Proof. intros <- <- E. revert E. apply equal_true. intros ? ?. apply Z.eqb_eq. Qed.
Lemma sound_Zmatrix a b x y : a = x -> b = y -> sound (equal (equal Z.eqb) a b) (x = y).
Proof. intros <- <- E. revert E. apply equal_true. apply equal_true. intros ? ?. apply Z.eqb_eq. Qed.

(* The copies have the shapes of what they are copies of: one rule for each operation, chosen by its name. *)
Ltac known := fail.
(* How copies of this type are related to what they are copies of. *)
Ltac related T ::=
  lazymatch T with
  | num => constr:(rn)
  | list ?A => let r := related A in lazymatch r with @eq _ => constr:(@eq T) | _ => constr:(Forall2 r) end
  | prod ?K num => constr:(@keyed K)
  | _ => constr:(@eq T)
  end.
Ltac number_rule :=
  lazymatch goal with
  | |- rn (nadd _ _) _ => simple apply nadd_ok
  | |- rn (nsub _ _) _ => simple apply nsub_ok
  | |- rn (nmul _ _) _ => simple apply nmul_ok
  | |- rn (ndiv _ _) _ => simple apply ndiv_ok
  | |- rn (nopp _) _ => simple apply nopp_ok
  | |- rn (nz ?n) (IZR ?m) => first [ constr_eq n m; simple apply nz_ok | simple apply nz_ok2 ]
  | |- rn (nlit _ _) _ => simple apply nlit_ok
  | |- rn (npow_nat _ _) _ => simple apply npow_nat_ok
  | |- rn (npow _ _) (powerRZ _ ?n) => lazymatch goal with |- rn (npow _ n) _ => simple apply npow_ok | _ => simple apply npow_ok2 end
  | |- rn (nabs _) _ => simple apply nabs_ok
  | |- rn (nrelu _) _ => simple apply nrelu_ok
  | |- rn (ndot _ _) _ => simple apply ndot_ok
  | |- rn (ndet _) _ => simple apply ndet_ok
  | |- rn (@nsum num _ _) _ => simple apply nsum_ok2
  | |- rn (nsum _ _) _ => simple apply nsum_ok
  | |- rn (@nprod num _ _) _ => simple apply nprod_ok2
  | |- rn (nprod _ _) _ => simple apply nprod_ok
  | |- rn (@nmean num _ _) _ => simple apply nmean_ok2
  | |- rn (nmean _ _) _ => simple apply nmean_ok
  | |- rn (entry _ _ _) _ => simple apply (entry_ok rn)
  | |- rn (if _ then _ else _) _ => simple apply (if_ok rn)
  | |- rn (extremum _ _ _) _ => simple apply (extremum_ok rn)
  end.
Ltac list_rule :=
  lazymatch goal with
  | |- Forall2 keyed (numbered _) _ => simple apply numbered_ok
  | |- _ => common_list_rule
  end.
Ltac equal_rule :=
  lazymatch goal with
  | |- neqb _ _ = _ => simple apply neqb_ok
  | |- nltb _ _ = _ => simple apply nltb_ok
  | |- nleb _ _ = _ => simple apply nleb_ok
  | |- nfloor _ = _ => simple apply nfloor_ok
  | |- nsign _ = _ => simple apply nsign_ok
  | |- @forallb ?A _ _ = _ =>
      let r := related A in lazymatch r with @eq _ => simple apply forallb_ok | _ => simple apply (forallb_ok2 r) end
  | |- existsb _ _ = _ => simple apply existsb_ok
  | |- zprod _ _ = _ => simple apply zprod_ok
  | |- count _ _ = _ => simple apply count_ok
  | |- flat_map _ _ = _ => simple apply flat_map_eq_ok
  | |- best _ _ _ _ = _ => simple apply best_ok
  | |- @is_unique _ num _ _ _ = _ => simple apply is_unique_ok
  | |- @equal num _ _ _ = _ => simple apply (equal_ok rn)
  | |- @equal (list num) _ _ _ = _ => simple apply (equal_ok (Forall2 rn))
  | |- _ => common_equal_rule
  end.
Ltac congruent :=
  intros; cbv zeta;
  lazymatch goal with
  | |- keyed _ _ => simple apply pair_ok; congruent
  | |- rn _ _ => first [ assumption | number_rule; congruent | known; congruent ]
  | |- Forall2 _ _ _ => first [ assumption | list_rule; congruent | known; congruent ]
  | |- ?a = ?b => first [ constr_eq a b; exact eq_refl | assumption | known; congruent | equal_rule; congruent ]
  end.
Ltac sound_more := fail.
Ltac sound_rule :=
  lazymatch goal with
  | |- sound _ (_ /\ _) => simple apply sound_and
  | |- sound _ (_ = true -> _) => simple apply sound_when
  | |- sound _ (forall k : Z, _ <= k <= _ -> _) => simple apply sound_all
  | |- sound _ (forall k : R, In k _ -> _) => simple apply sound_all_in2
  | |- sound _ (forall k, In k _ -> _) => simple apply sound_all_in
  | |- sound _ (exists k : Z, _ <= k <= _ /\ _) => simple apply sound_ex
  | |- sound _ (exists k : R, In k _ /\ _) => simple apply sound_ex_in2
  | |- sound _ (exists k, In k _ /\ _) => simple apply sound_ex_in
  | |- sound _ (ex _) => sound_more
  | |- sound _ (@eq bool _ true) => simple apply sound_true
  | |- sound _ (@eq R _ _) => simple apply sound_Req
  | |- sound _ (not (@eq R _ _)) => simple apply sound_Rneq
  | |- sound _ (Rlt _ _) => simple apply sound_Rlt
  | |- sound _ (Rle _ _) => simple apply sound_Rle
  | |- sound _ (@eq Z _ _) => simple apply sound_Zeq
  | |- sound _ (not (@eq Z _ _)) => simple apply sound_Zneq
  | |- sound _ (_ < _) => simple apply sound_Zlt
  | |- sound _ (_ <= _) => simple apply sound_Zle
  | |- sound _ (@eq (list R) _ _) => simple apply sound_Rlist
  | |- sound _ (@eq (list (list R)) _ _) => simple apply sound_Rmatrix
  | |- sound _ (@eq (list (list Z)) _ _) => simple apply sound_Zmatrix
  | |- sound _ (@eq (list Z) _ _) => simple apply sound_Zlist
  end.
Ltac sound :=
  intros; cbv zeta;
  lazymatch goal with
  | |- sound _ _ => sound_rule; sound
  | |- _ => congruent
  end.
Lemma by_computation (c : bool) (P : Prop) : sound c P -> c = true -> P.
Proof. intros H. exact H. Qed.
